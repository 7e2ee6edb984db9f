// Which vector instructions this processor has and the system has switched on (XCR0).
#pragma once

namespace kabar::kernels {

bool cpu_has_avx2();         // AVX2 and FMA
bool cpu_has_avx_vnni();     // the 256-bit vpdpbusd of the VEX encoding
bool cpu_has_avx512_vnni();  // AVX-512 F, BW, DQ, VL and VNNI

}  // namespace kabar::kernels
