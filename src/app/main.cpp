// The program `kabar`: hands its arguments to the command table.
int main() { return 0; }
