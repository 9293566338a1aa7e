/* Softmax attention of one head with the weights kept: scores, exponentials and the mix of the values in one go.

   A tile of a few queries is worked off at a time, so that its scores stay in the cache between the steps. The file
   includes itself once for each width of vector: the part that depends on it comes first, for a given LANES (floats
   of a vector), TILE_ROWS and TARGET (the processor). The common part below it picks one at run time.
   GCC's -std=c11 would keep it from fusing products into sums, which costs half of the speed: leave it at gnu11. */

#ifdef LANES

#define JOIN_(name, lanes) name##_##lanes
#define JOIN(name, lanes) JOIN_(name, lanes)
#define LOCAL(name) JOIN(name, LANES)
#define floats LOCAL(floats)
#define words LOCAL(words)
#define either LOCAL(either)
#define power LOCAL(power)

#if LANES == 1
typedef float floats;
typedef uint32_t words;
#define WHERE(condition) ((words) - (condition)) /* all bits where it holds */
#else
typedef float floats __attribute__((vector_size(4 * LANES)));
typedef uint32_t words __attribute__((vector_size(4 * LANES)));
#define WHERE(condition) ((words)(condition))
#endif
union either { floats value; words bits; float lane[LANES]; };

#if LANES == 16
#define STORE_HALVES(to, from) _mm256_storeu_si256((__m256i *)(to), _mm512_cvtps_ph((__m512)(from), 0))
#elif LANES == 8
#define STORE_HALVES(to, from) _mm_storeu_si128((__m128i *)(to), _mm256_cvtps_ph((__m256)(from), 0))
#else
#define STORE_HALVES(to, from) \
    do { union either all = {from}; for (int i = 0; i < LANES; i++) (to)[i] = half_of(all.lane[i]); } while (0)
#endif

/* memcpy is how C spells an access that need not be aligned: it becomes one instruction. */
TARGET INLINE floats LOCAL(load)(const float *from) { floats value; memcpy(&value, from, sizeof value); return value; }
TARGET INLINE void LOCAL(store)(float *to, floats value) { memcpy(to, &value, sizeof value); }

TARGET INLINE floats LOCAL(choose)(words where, floats yes, floats no) {
    union either a = {yes}, b = {no};
    a.bits = (a.bits & where) | (b.bits & ~where);
    return a.value;
}

TARGET INLINE floats LOCAL(maximum)(floats a, floats b) { return LOCAL(choose)(WHERE(a > b), a, b); }

/* 2^x is scale * (1 + tail). Apart, they also give 2^x - 1 without losing digits. */
struct power { floats scale, tail; };

TARGET INLINE struct power LOCAL(power_of_two)(floats x) {
    const float rounder = 12583039.0f; /* 1.5 * 2^23 + 127: a sum with it ends in the exponent bits of 2^round(x) */
    union either shifted = {x + rounder};
    const floats f = x - (shifted.value - rounder);
    const floats tail = f * (0x1.62e430p-1f + f * (0x1.ebfbdcp-3f + f * (0x1.c6aee8p-5f
                      + f * (0x1.3b2d4cp-7f + f * (0x1.5f3e54p-10f + f * 0x1.41fbbcp-13f)))));
    shifted.bits <<= 23;
    return (struct power){shifted.value, tail};
}

/* Flushed to 0 before products with it get subnormal: processors take a hundred times longer for those. */
TARGET INLINE floats LOCAL(exponential)(floats x) {
    const struct power p = LOCAL(power_of_two)(x * LOG2_E);
    union either result = {p.scale + p.scale * p.tail};
    result.bits &= WHERE(x > SMALLEST_EXPONENT);
    return result.value;
}

/* tanh(x) = (1 - e) / (1 + e) with e = exp(-2|x|), and the sign of x. Past 10 it is 1. */
TARGET INLINE floats LOCAL(hyperbolic_tangent)(floats x) {
    union either sign = {x}, result = {x};
    sign.bits &= 0x80000000u;
    result.bits ^= sign.bits;
    result.value = LOCAL(choose)(WHERE(result.value < 10.0f), result.value, 10.0f + (floats){0});
    const struct power p = LOCAL(power_of_two)(result.value * (-2.0f * LOG2_E));
    const floats e_less_one = (p.scale - 1.0f) + p.scale * p.tail;
    result.value = -e_less_one / (2.0f + e_less_one);
    result.bits |= sign.bits;
    return result.value;
}

/* A tile of c = a b, its sums in registers; inlined for constant sizes only. Rows and columns past the edge repeat
   the last ones, which spares a slow path. Long sums are cut into chunks, which rounds less. */
TARGET INLINE void LOCAL(multiply_tile)(const int height, const int vectors, struct product p, int column) {
    const float *a[TILE_ROWS], *b[TILE_VECTORS];
    float total[TILE_ROWS][TILE_VECTORS][LANES];
    UNROLL for (int r = 0; r < height; r++) a[r] = p.a + smaller(r, p.rows - 1) * p.a_stride;
    UNROLL for (int v = 0; v < vectors; v++) b[v] = p.b + smaller(column + v * LANES, p.columns - LANES);
    for (long k = 0, end; k < p.depth; k = end) {
        floats sum[TILE_ROWS][TILE_VECTORS], factor[TILE_VECTORS];
        end = p.depth - k > p.chunk ? k + p.chunk : p.depth;
        EACH_OF_TILE sum[r][v] = (floats){0};
        for (long i = k; i < end; i++) {
            UNROLL for (int v = 0; v < vectors; v++) factor[v] = LOCAL(load)(b[v] + i * p.b_stride);
            UNROLL for (int v = 0; v < vectors; v++) PREFETCH(b[v] + i * p.b_stride + p.ahead);
            PREFETCH(b[vectors - 1] + i * p.b_stride + p.ahead + LANES - 1);
            EACH_OF_TILE sum[r][v] += a[r][i] * factor[v];
        }
        if (k > 0) EACH_OF_TILE sum[r][v] += LOCAL(load)(total[r][v]);
        if (end < p.depth) EACH_OF_TILE LOCAL(store)(total[r][v], sum[r][v]);
        else EACH_OF_TILE LOCAL(store)(p.c + smaller(r, p.rows - 1) * p.c_stride + (b[v] - p.b), sum[r][v]);
    }
}

/* The product of at most TILE_ROWS rows. Four vectors are better done as two and two than as three and one. */
TARGET static void LOCAL(multiply)(struct product p) {
    for (int column = 0, vectors; column < p.columns; column += vectors * LANES) {
        const int left = (p.columns - column + LANES - 1) / LANES;
        vectors = left == 4 ? 2 : smaller(left, TILE_VECTORS);
        switch (p.rows == 1 ? -vectors : vectors) {
        case -3: LOCAL(multiply_tile)(1, 3, p, column); break;
        case -2: LOCAL(multiply_tile)(1, 2, p, column); break;
        case -1: LOCAL(multiply_tile)(1, 1, p, column); break;
        case 3: LOCAL(multiply_tile)(TILE_ROWS, 3, p, column); break;
        case 2: LOCAL(multiply_tile)(TILE_ROWS, 2, p, column); break;
        default: LOCAL(multiply_tile)(TILE_ROWS, 1, p, column);
        }
    }
}

/* Softcap and mask of a row, filled up to whole vectors. */
TARGET INLINE void LOCAL(finish_scores)(const struct task *t, int row, float *restrict scores, int count, int padded) {
    for (int j = 0; t->softcap > 0 && j < count; j += LANES) {
        const floats score = LOCAL(load)(scores + j) * (1.0f / t->softcap);
        LOCAL(store)(scores + j, t->softcap * LOCAL(hyperbolic_tangent)(score));
    }
    if (t->mask) {
        const float *restrict mask = t->mask + row * t->mask_stride + t->first;
        const int to = smaller(t->masked_to - t->first, count);
        for (int j = larger(t->masked_from - t->first, 0); j < to; j++) scores[j] += t->slope * mask[j];
    }
    for (int j = count; j < padded; j++) scores[j] = -INFINITY;
}

/* The largest score, but a finite one if all is masked, as then any gives zeros. */
TARGET INLINE float LOCAL(largest_score)(const float *scores, int padded, float sink) {
    floats most[4]; /* four, as each maximum waits for the one before */
    for (int i = 0; i < 4; i++) most[i] = sink + (floats){0};
    for (int j = 0; j < padded; j += 4 * LANES)
        UNROLL for (int i = 0; i < 4; i++)
            most[i] = LOCAL(maximum)(most[i], LOCAL(load)(scores + smaller(j + i * LANES, padded - LANES)));
    union either all = {LOCAL(maximum)(LOCAL(maximum)(most[0], most[1]), LOCAL(maximum)(most[2], most[3]))};
    for (int half = LANES / 2; half; half /= 2)
        for (int i = 0; i < half; i++)
            all.lane[i] = all.lane[i] > all.lane[i + half] ? all.lane[i] : all.lane[i + half];
    return all.lane[0] > -INFINITY ? all.lane[0] : 0;
}

/* Turns a row of scores into exp(score - largest), and returns what these are to be multiplied by.
   Memory that is written next is fetched meanwhile. */
TARGET INLINE float LOCAL(exponentiate)(float *scores, int padded, float largest, float sink, const float *next) {
    union either of_sink = {LOCAL(exponential)(sink - largest + (floats){0})}, sum = {(floats){0}};
    for (int start = 0; start < padded; start += 64 * LANES) {
        floats part = {0}; /* of a few, which rounds less */
        for (int j = start; j < smaller(padded, start + 64 * LANES); j += LANES) {
            const floats weight = LOCAL(exponential)(LOCAL(load)(scores + j) - largest);
            LOCAL(store)(scores + j, weight);
            PREFETCH_TO_WRITE(next + j);
            part += weight;
        }
        sum.value += part;
    }
    float total = of_sink.lane[0];
    for (int i = 0; i < LANES; i++) total += sum.lane[i];
    return total > 0 ? 1.0f / total : 0;
}

TARGET INLINE void LOCAL(keep_halves)(const struct task *t, int row, const float *restrict from, int end, float by) {
    uint16_t *restrict weights = (uint16_t *)t->weights + row * t->weights_stride;
    const int whole = end - (end - t->first) % LANES;
    memset(weights, 0, t->first * sizeof(uint16_t));
    for (int j = t->first; j < whole; j += LANES) STORE_HALVES(weights + j, LOCAL(load)(from + (j - t->first)) * by);
    for (int j = whole; j < end; j++) weights[j] = half_of(from[j - t->first] * by);
    memset(weights + end, 0, (t->width - end) * sizeof(uint16_t));
}

TARGET INLINE void LOCAL(keep_weights)(const struct task *t, int row, const float *restrict from, int end, float by) {
    float *restrict weights = (float *)t->weights + row * t->weights_stride;
    memset(weights, 0, t->first * sizeof(float));
    for (int j = t->first; j < end; j++) weights[j] = from[j - t->first] * by;
    memset(weights + end, 0, (t->width - end) * sizeof(float));
}

/* Where the keys end that any of these rows sees: of a causal block half of the last keys need no work. */
TARGET INLINE int LOCAL(end_of_keys)(const struct task *t, int row, int rows) {
    const int from = larger(t->masked_from, t->first);
    if (!t->mask || t->masked_to < t->last) return t->last;
    int end = larger(from, t->first + 1);
    for (const float *mask = t->mask + row * t->mask_stride; rows--; mask += t->mask_stride)
        for (int j = from; j < t->last; j++) end = larger(end, mask[j] > -INFINITY ? j + 1 : 0);
    return smaller(t->first + (end - t->first + LANES - 1) / LANES * LANES, t->last);
}

TARGET static void LOCAL(attend_tile)(const struct task *t, int row, int rows) {
    const int end = LOCAL(end_of_keys)(t, row, rows), count = end - t->first;
    const int padded = (count + LANES - 1) / LANES * LANES;
    const long stride = padded | 16; /* no power of two, as such rows would compete for the same cache lines */
    float *scores = t->scratch + (-((uintptr_t)t->scratch / sizeof(float)) & 15), *out = t->out + row * t->out_stride;
    float scale[TILE_ROWS];
    LOCAL(multiply)((struct product){t->queries + row * t->query_stride, t->keys + t->first, scores, t->query_stride,
        t->key_stride, stride, TILE_VECTORS * LANES, rows, t->size, count, SCORE_CHUNK});
    for (int r = 0; r < rows; r++) {
        LOCAL(finish_scores)(t, row + r, scores + r * stride, count, padded);
        scale[r] = LOCAL(largest_score)(scores + r * stride, padded, t->sink);
    }
    for (int r = 0; r < rows; r++) {
        const float *next = t->weights ? t->weights + ((row + r) * t->weights_stride + t->first) / (t->halves + 1) : out;
        scale[r] = LOCAL(exponentiate)(scores + r * stride, padded, scale[r], t->sink, next);
        if (t->halves) LOCAL(keep_halves)(t, row + r, scores + r * stride, end, scale[r]);
        else if (t->weights) LOCAL(keep_weights)(t, row + r, scores + r * stride, end, scale[r]);
    }
    LOCAL(multiply)((struct product){scores, t->values + (long)t->first * t->value_size, out, stride, t->value_size,
        t->out_stride, 16L * t->value_size, rows, count, t->value_size, count});
    for (int r = 0; r < rows; r++, out += t->out_stride)
        for (int i = 0; i < t->value_size; i++) out[i] *= scale[r];
}

TARGET static void LOCAL(attend)(const struct task *t) {
    for (int row = 0; row < t->rows; row += TILE_ROWS)
        LOCAL(attend_tile)(t, row, smaller(TILE_ROWS, t->rows - row));
}

#undef STORE_HALVES
#undef WHERE
#undef LANES
#undef TARGET
#undef TILE_ROWS

#else /* the common part */

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#define PREFETCH(address) __builtin_prefetch(address)
#define PREFETCH_TO_WRITE(address) __builtin_prefetch(address, 1)
#else
#define INLINE static inline
#define PREFETCH(address) ((void)0)
#define PREFETCH_TO_WRITE(address) ((void)(address))
#endif
#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" /* of totals, which only later chunks read */
#define UNROLL _Pragma("GCC unroll 16")
#else
#define UNROLL /* Clang does so by itself */
#endif
#define EACH_OF_TILE UNROLL for (int r = 0; r < height; r++) UNROLL for (int v = 0; v < vectors; v++)

#define LOG2_E 1.44269504f
#define SMALLEST_EXPONENT -69.0f
#define TILE_VECTORS 3
#define SCORE_CHUNK 32 /* products are summed at a time: 64 in a row would double the error for 3% of the time */

struct task { /* what lathe_attend_2 is given */
    const float *queries, *keys, *values, *mask;
    long query_stride, key_stride, mask_stride, out_stride, weights_stride;
    int masked_from, masked_to, rows, size, value_size, first, last, width, halves;
    float slope, softcap, sink, *out, *weights, *scratch;
};

struct product { /* c = a b, of rows x depth and depth x columns */
    const float *a, *b;
    float *c;
    long a_stride, b_stride, c_stride, ahead; /* how far from what is read of b lies what is read soon */
    int rows, depth, columns, chunk;
};

INLINE int smaller(int a, int b) { return a < b ? a : b; }
INLINE int larger(int a, int b) { return a > b ? a : b; }

/* The nearest number in half precision to one from 0 to 1. */
INLINE uint16_t half_of(float x) {
    union { float value; uint32_t bits; } v = {x};
    if (v.bits < 0x38800000u) { /* subnormal there: a sum with 0.5 rounds where its last digit is */
        v.value += 0.5f;
        return (uint16_t)(v.bits - 0x3f000000u);
    }
    return (uint16_t)((v.bits + 0xfffu + ((v.bits >> 13) & 1) - (112u << 23)) >> 13);
}

#define LANES 1
#define TILE_ROWS 4
#define TARGET
#include "attention.c"

#if defined(__GNUC__)
#define LANES 4
#if defined(__aarch64__) /* it has 32 registers */
#define TILE_ROWS 8
#else
#define TILE_ROWS 4
#endif
#define TARGET
#include "attention.c"
#endif

/* On Windows GCC does not align the stack for wider vectors. */
#if defined(__x86_64__) && defined(__GNUC__) && (!defined(_WIN32) || defined(__clang__))
#define WIDE_VECTORS
#include <immintrin.h>
#define LANES 8
#define TILE_ROWS 4
#define TARGET __attribute__((target("avx2,fma,f16c")))
#include "attention.c"
#define LANES 16
#define TILE_ROWS 8
#define TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma,f16c")))
#include "attention.c"
#endif

/* Runs the widest version that the processor has and the sizes fill. */
static void attend(const struct task *t) {
    const int narrowest = smaller(t->last - t->first, t->value_size);
#ifdef WIDE_VECTORS
    if (narrowest >= 16 && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl")) { attend_16(t); return; }
    if (narrowest >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) { attend_8(t); return; }
#endif
#ifdef __GNUC__
    if (narrowest >= 4) { attend_4(t); return; }
#endif
    if (narrowest >= 1) attend_1(t);
}

EXPORT int lathe_attend_2(const float *queries, long query_stride, const float *keys, long key_stride,
                        const float *values, const float *mask, long mask_stride, int masked_from, int masked_to,
                        int rows, int size, int value_size, int first, int last, float slope, float softcap, float sink,
                        float *out, long out_stride, void *weights, long weights_stride, int width, int halves,
                        float *scratch) {
    if (rows < 1 || size < 1 || value_size < 1 || first < 0 || last <= first || (weights && width < last)) return -1;
    attend(&(struct task){queries, keys, values, mask, query_stride, key_stride, mask_stride, out_stride,
        weights_stride, masked_from, masked_to, rows, size, value_size, first, last, width, weights && halves, slope,
        softcap, sink, out, weights, scratch});
    return 0;
}

#endif
