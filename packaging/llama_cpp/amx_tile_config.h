/* Included before every C++ source of llama.cpp, see docs/decisions/0013-amx-tile-configuration.md.

   GCC's own _tile_loadconfig tells the compiler that the instruction reads eight bytes. It reads 64, so the
   optimizer drops the stores to the other 56, the tiles have no shape, and the first use of them ends the
   process. */
#ifndef LATHE_AMX_TILE_CONFIG_H
#define LATHE_AMX_TILE_CONFIG_H
#if defined(__AMX_TILE__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>

/* Found in the library by dev.py: this build has what the header gives. */
static const char lathe_amx_mark[] __attribute__((used)) = "lathe-amx-tile-config-1";

struct lathe_tile_config { unsigned char bytes[64]; };

#undef _tile_loadconfig
#define _tile_loadconfig(config) \
    __asm__ volatile ("ldtilecfg %0" : : "m" (*(const struct lathe_tile_config *)(config)))
#endif
#endif
