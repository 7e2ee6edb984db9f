// The program `kabar`: hands its arguments to the command table.
#include "app/commands.h"

int main(int argument_count, char** arguments) { return kabar::app::run(argument_count, arguments); }
