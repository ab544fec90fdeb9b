// What the training of a small network spends its time on beside matrix products, each as one pass over memory: PyTorch's own
// operators write every step between to memory. Activations are bfloat16, sums float32. One thread.
#include <torch/extension.h>
#include <cmath>
#include <cstdint>
#include <vector>

using at::Tensor;
using std::vector;
using u16 = uint16_t;

static inline float up(u16 x) { uint32_t b = uint32_t(x) << 16; float f; __builtin_memcpy(&f, &b, 4); return f; }
static inline u16 down(float f) { uint32_t b; __builtin_memcpy(&b, &f, 4); return u16((b + 0x7fff + ((b >> 16) & 1)) >> 16); }
static u16* bits(const Tensor& t) { TORCH_CHECK(t.is_contiguous() && t.scalar_type() == at::kBFloat16); return reinterpret_cast<u16*>(t.data_ptr()); }
static float* floats(const Tensor& t) { TORCH_CHECK(t.is_contiguous() && t.scalar_type() == at::kFloat); return t.data_ptr<float>(); }
static Tensor like(const Tensor& t) { return at::empty_like(t, at::MemoryFormat::Contiguous); }
static Tensor zeros(at::IntArrayRef n) { return at::zeros(n, at::kFloat); }

// ---------------------------------------------------------------- sums of columns
Tensor column_sums(Tensor g) {
    int64_t n = g.size(0), d = g.size(1); Tensor out = zeros({d}); const u16* x = bits(g); float* o = floats(out);
    for (int64_t i = 0; i < n; i++) for (int64_t c = 0; c < d; c++) o[c] += up(x[i * d + c]);
    return out;
}
// In place: a bias for every row, and with `above` nothing below zero.
Tensor bias(Tensor y, Tensor b, bool above) {
    int64_t d = b.size(0), n = y.numel() / d; u16* x = bits(y); const float* k = floats(b);
    if (above) for (int64_t i = 0; i < n; i++) for (int64_t c = 0; c < d; c++) { float v = up(x[i * d + c]) + k[c]; x[i * d + c] = down(v > 0 ? v : 0.f); }
    else for (int64_t i = 0; i < n; i++) for (int64_t c = 0; c < d; c++) x[i * d + c] = down(up(x[i * d + c]) + k[c]);
    return y;
}
// In place: the gradient where the unit was above zero; its sums of columns.
Tensor relu_back(Tensor g, Tensor h) {
    int64_t n = g.size(0), d = g.size(1); Tensor out = zeros({d}); u16* x = bits(g); const u16* y = bits(h); float* o = floats(out);
    for (int64_t i = 0; i < n; i++) for (int64_t c = 0; c < d; c++) {
        u16 v = int16_t(y[i * d + c]) > 0 ? x[i * d + c] : u16(0); x[i * d + c] = v; o[c] += up(v);
    }
    return out;
}

// ---------------------------------------------------------------- norm(x + y * m), m one row a sentence (dropout) or empty
vector<Tensor> norm(Tensor x, Tensor y, Tensor m, Tensor w, Tensor b, double eps) {
    int64_t d = x.size(-1), n = x.numel() / d, per = x.size(1); bool dropped = m.numel() > 0;
    Tensor out = like(x), sum = like(x), spread = at::empty({n}, at::kFloat), mean = at::empty({n}, at::kFloat);
    const u16 *px = bits(x), *py = bits(y); u16 *po = bits(out), *ps = bits(sum); float *pr = floats(spread), *pm = floats(mean);
    const float *pw = floats(w), *pb = floats(b), *pd = dropped ? floats(m) : nullptr; vector<float> row(d); float* r = row.data();
    for (int64_t i = 0; i < n; i++) {
        const u16 *a = px + i * d, *c = py + i * d; float s = 0, q = 0;
        if (dropped) { const float* k = pd + i / per * d; for (int64_t j = 0; j < d; j++) r[j] = up(a[j]) + up(c[j]) * k[j]; }
        else for (int64_t j = 0; j < d; j++) r[j] = up(a[j]) + up(c[j]);
        for (int64_t j = 0; j < d; j++) s += r[j];
        float mu = s / d; for (int64_t j = 0; j < d; j++) q += (r[j] - mu) * (r[j] - mu);
        float inv = 1 / std::sqrt(q / d + float(eps)); pr[i] = inv; pm[i] = mu; u16 *o = po + i * d, *t = ps + i * d;
        for (int64_t j = 0; j < d; j++) { t[j] = down(r[j]); o[j] = down((r[j] - mu) * inv * pw[j] + pb[j]); }
    }
    return {out, sum, mean, spread};
}
vector<Tensor> norm_back(Tensor g, Tensor sum, Tensor mean, Tensor spread, Tensor m, Tensor w) {
    int64_t d = sum.size(-1), n = sum.numel() / d, per = sum.size(1); bool dropped = m.numel() > 0;
    Tensor gx = like(sum), gy = dropped ? like(sum) : gx, gw = zeros({d}), gb = zeros({d});
    const u16 *pg = bits(g), *ps = bits(sum); u16 *px = bits(gx), *py = bits(gy); const float *pm = floats(mean), *pr = floats(spread), *pw = floats(w), *pd = dropped ? floats(m) : nullptr;
    float *ow = floats(gw), *ob = floats(gb); vector<float> hat(d), gh(d); float *h = hat.data(), *q = gh.data();
    for (int64_t i = 0; i < n; i++) {
        const u16 *a = pg + i * d, *c = ps + i * d; float mu = pm[i], inv = pr[i], s1 = 0, s2 = 0;
        for (int64_t j = 0; j < d; j++) { float x = (up(c[j]) - mu) * inv, y = up(a[j]); h[j] = x; ow[j] += y * x; ob[j] += y; y *= pw[j]; q[j] = y; }
        for (int64_t j = 0; j < d; j++) { s1 += q[j]; s2 += q[j] * h[j]; }
        s1 /= d; s2 /= d; u16 *o = px + i * d, *p = py + i * d;
        if (dropped) { const float* k = pd + i / per * d; for (int64_t j = 0; j < d; j++) { float v = inv * (q[j] - s1 - h[j] * s2); o[j] = down(v); p[j] = down(v * k[j]); } }
        else for (int64_t j = 0; j < d; j++) o[j] = down(inv * (q[j] - s1 - h[j] * s2));
    }
    return {gx, gy, gw, gb};
}

// ---------------------------------------------------------------- attention; q [B,T,D], k and v [B,S,D], mask [B,S]; heads of E dimensions
constexpr int E = 32, V = 16;          // V numbers are worked on at once
typedef float Vec __attribute__((vector_size(4 * V)));
typedef uint32_t Whole __attribute__((vector_size(4 * V)));
typedef u16 Half __attribute__((vector_size(2 * V)));
static inline Vec load(const u16* p) { Half h; __builtin_memcpy(&h, p, sizeof h); return (Vec)(__builtin_convertvector(h, Whole) << 16); }
static inline void store(u16* p, Vec v) { Whole b = (Whole)v; Half h = __builtin_convertvector((b + 0x7fff + ((b >> 16) & 1)) >> 16, Half); __builtin_memcpy(p, &h, sizeof h); }

// Rows of a result N vectors wide: out[r] += sum over e of x[r][e] * m[e].
template <int R, int N> [[gnu::always_inline]] static inline void rows(const float* const* x, const Vec* m, int64_t len, Vec (*out)[N]) {
    for (int64_t e = 0; e < len; e++) for (int r = 0; r < R; r++) { float a = x[r][e]; for (int n = 0; n < N; n++) out[r][n] += a * m[e * N + n]; }
}
template <int N> [[gnu::always_inline]] static inline void some_rows(int64_t t, int64_t T, const float* x, int64_t stride, const Vec* m, int64_t len, Vec (*out)[N]) {
    const float* at[4]; for (int r = 0; r < 4; r++) at[r] = x + std::min(t + r, T - 1) * stride;
    Vec acc[4][N]; for (int r = 0; r < 4; r++) for (int n = 0; n < N; n++) acc[r][n] = out[r][n];
    if (N <= 4) rows<4, N>(at, m, len, acc); else { rows<2, N>(at, m, len, acc); rows<2, N>(at + 2, m, len, acc + 2); }
    for (int r = 0; r < 4; r++) for (int n = 0; n < N; n++) out[r][n] = acc[r][n];
}
struct Shape { int64_t B, T, S, D, H; };
template <int N> static void heads(Shape z, const u16* pq, const u16* pk, const u16* pv, const bool* pm, u16* pp, u16* po) {
    int64_t W = N * V; float scale = 1 / std::sqrt(float(E)); vector<Vec> kt(E * N), vs(W * 2), add(N); vector<float> qs(z.T * E), w(4 * W);
    for (int64_t b = 0; b < z.B; b++) {
        for (int64_t s = 0; s < W; s++) ((float*)add.data())[s] = s < z.S && pm[b * z.S + s] ? 0.f : -1e9f;
        for (int64_t h = 0; h < z.H; h++) {
            float* k = (float*)kt.data();
            for (int64_t s = 0; s < z.S; s++) { const u16 *x = pk + (b * z.S + s) * z.D + h * E, *y = pv + (b * z.S + s) * z.D + h * E; for (int e = 0; e < E; e++) k[e * W + s] = up(x[e]) * scale; vs[s * 2] = load(y); vs[s * 2 + 1] = load(y + V); }
            for (int64_t t = 0; t < z.T; t++) for (int e = 0; e < E; e++) qs[t * E + e] = up(pq[(b * z.T + t) * z.D + h * E + e]);
            for (int64_t t = 0; t < z.T; t += 4) {
                Vec c[4][N], y[4][2] = {}; for (int r = 0; r < 4; r++) for (int n = 0; n < N; n++) c[r][n] = add[n];
                some_rows<N>(t, z.T, qs.data(), E, kt.data(), E, c);
                int64_t real = std::min<int64_t>(4, z.T - t);
                for (int r = 0; r < real; r++) {
                    float *f = (float*)c[r], *g = &w[r * W], top = -1e30f, sum = 0; for (int64_t s = 0; s < W; s++) top = std::max(top, f[s]);
                    for (int64_t s = 0; s < W; s++) g[s] = std::exp(f[s] - top);
                    for (int64_t s = 0; s < W; s++) sum += g[s];
                    float inv = 1 / sum; u16* o = pp + ((b * z.H + h) * z.T + t + r) * W; for (int64_t s = 0; s < W; s++) { g[s] *= inv; o[s] = down(g[s]); }
                }
                some_rows<2>(0, real, w.data(), W, vs.data(), z.S, y);
                for (int r = 0; r < real; r++) { u16* o = po + (b * z.T + t + r) * z.D + h * E; store(o, y[r][0]); store(o + V, y[r][1]); }
            }
        }
    }
}
// more: what the weights of head 0 get beside it, [B,T,S], or none.
template <int N> static void heads_back(Shape z, const u16* pg, const float* more, const u16* pq, const u16* pk, const u16* pv, const u16* pp, u16* oq, u16* ok, u16* ov) {
    int64_t W = N * V; float scale = 1 / std::sqrt(float(E)); vector<Vec> vt(E * N), ks(W * 2), qs(z.T * 2 + 8), gs(z.T * 2 + 8); vector<float> wt(W * (z.T + 4)), dt(W * (z.T + 4)), d(4 * W);
    for (int64_t b = 0; b < z.B; b++) for (int64_t h = 0; h < z.H; h++) {
        float* v = (float*)vt.data();
        for (int64_t s = 0; s < z.S; s++) { const u16 *x = pv + (b * z.S + s) * z.D + h * E, *y = pk + (b * z.S + s) * z.D + h * E; for (int e = 0; e < E; e++) v[e * W + s] = up(x[e]); ks[s * 2] = load(y) * scale; ks[s * 2 + 1] = load(y + V) * scale; }
        for (int64_t t = 0; t < z.T; t++) { const u16 *x = pq + (b * z.T + t) * z.D + h * E, *y = pg + (b * z.T + t) * z.D + h * E; qs[t * 2] = load(x) * scale; qs[t * 2 + 1] = load(x + V) * scale; gs[t * 2] = load(y); gs[t * 2 + 1] = load(y + V); }
        for (int64_t t = 0; t < z.T; t += 4) {
            Vec r[4][N] = {}, y[4][2] = {}; int64_t real = std::min<int64_t>(4, z.T - t);
            some_rows<N>(t, z.T, (float*)gs.data(), E, vt.data(), E, r);
            for (int i = 0; i < real; i++) {
                const u16* w = pp + ((b * z.H + h) * z.T + t + i) * W; float *x = (float*)r[i], *o = &d[i * W], c[N * V], dot = 0;
                for (int64_t s = 0; s < W; s++) c[s] = up(w[s]);
                if (more && h == 0) for (int64_t s = 0; s < z.S; s++) x[s] += more[(b * z.T + t + i) * z.S + s];
                for (int64_t s = 0; s < W; s++) dot += c[s] * x[s];
                for (int64_t s = 0; s < W; s++) o[s] = c[s] * (x[s] - dot);
                for (int64_t s = 0; s < z.S; s++) { wt[s * z.T + t + i] = c[s]; dt[s * z.T + t + i] = o[s]; }
            }
            some_rows<2>(0, real, d.data(), W, ks.data(), z.S, y);
            for (int i = 0; i < real; i++) { u16* o = oq + (b * z.T + t + i) * z.D + h * E; store(o, y[i][0]); store(o + V, y[i][1]); }
        }
        for (int64_t s = 0; s < z.S; s += 4) {
            Vec x[4][2] = {}, y[4][2] = {}; int64_t real = std::min<int64_t>(4, z.S - s);
            some_rows<2>(s, z.S, dt.data(), z.T, qs.data(), z.T, x); some_rows<2>(s, z.S, wt.data(), z.T, gs.data(), z.T, y);
            for (int i = 0; i < real; i++) { u16 *o = ok + (b * z.S + s + i) * z.D + h * E, *p = ov + (b * z.S + s + i) * z.D + h * E; store(o, x[i][0]); store(o + V, x[i][1]); store(p, y[i][0]); store(p + V, y[i][1]); }
        }
    }
}
template <typename F> static void by_width(int64_t n, F f) {
    switch (n) { case 1: f(std::integral_constant<int, 1>()); break; case 2: f(std::integral_constant<int, 2>()); break; case 3: f(std::integral_constant<int, 3>()); break; case 4: f(std::integral_constant<int, 4>()); break;
        case 5: f(std::integral_constant<int, 5>()); break; case 6: f(std::integral_constant<int, 6>()); break; case 7: f(std::integral_constant<int, 7>()); break; case 8: f(std::integral_constant<int, 8>()); break;
        default: TORCH_CHECK(false, "a sentence of more than 128 pieces"); }
}
vector<Tensor> attention(Tensor q, Tensor k, Tensor v, Tensor mask, int64_t h) {
    Shape z{q.size(0), q.size(1), k.size(1), q.size(2), h}; int64_t n = (z.S + V - 1) / V; TORCH_CHECK(z.D == h * E, "a head has 32 dimensions"); TORCH_CHECK(mask.is_contiguous());
    Tensor out = like(q), p = at::empty({z.B, h, z.T, n * V}, q.options());
    by_width(n, [&](auto w) { heads<w.value>(z, bits(q), bits(k), bits(v), mask.data_ptr<bool>(), bits(p), bits(out)); }); return {out, p};
}
vector<Tensor> attention_back(Tensor g, Tensor gp, Tensor q, Tensor k, Tensor v, Tensor p) {
    Shape z{q.size(0), q.size(1), k.size(1), q.size(2), p.size(1)}; Tensor gq = like(q), gk = like(k), gv = like(v); const float* more = gp.numel() ? floats(gp) : nullptr;
    by_width(p.size(3) / V, [&](auto w) { heads_back<w.value>(z, bits(g), more, bits(q), bits(k), bits(v), bits(p), bits(gq), bits(gk), bits(gv)); }); return {gq, gk, gv};
}

// ---------------------------------------------------------------- SSRU: c_t = f_t c_{t-1} + (1 - f_t) x_t with f = sigmoid(a); relu(c)
vector<Tensor> ssru(Tensor a, Tensor x) {
    int64_t B = a.size(0), T = a.size(1), D = a.size(2); Tensor y = like(a), f = like(a), c = at::empty({B, T, D}, at::kFloat); const u16 *pa = bits(a), *px = bits(x); u16 *py = bits(y), *pf = bits(f); float* pc = floats(c);
    for (int64_t b = 0; b < B; b++) for (int64_t t = 0; t < T; t++) {
        int64_t at = (b * T + t) * D; const float* before = t ? pc + at - D : nullptr;
        for (int64_t j = 0; j < D; j++) {
            float s = 1 / (1 + std::exp(-up(pa[at + j]))), l = before ? before[j] : 0.f, n = s * l + (1 - s) * up(px[at + j]);
            pf[at + j] = down(s); pc[at + j] = n; py[at + j] = down(n > 0 ? n : 0.f);
        }
    }
    return {y, f, c};
}
vector<Tensor> ssru_back(Tensor g, Tensor f, Tensor x, Tensor c) {
    int64_t B = f.size(0), T = f.size(1), D = f.size(2); Tensor ga = like(f), gx = like(f); const u16 *pg = bits(g), *pf = bits(f), *px = bits(x); u16 *oa = bits(ga), *ox = bits(gx); const float* pc = floats(c); vector<float> left(D);
    for (int64_t b = 0; b < B; b++) {
        std::fill(left.begin(), left.end(), 0.f); float* l = left.data();
        for (int64_t t = T - 1; t >= 0; t--) {
            int64_t at = (b * T + t) * D; const float* before = t ? pc + at - D : nullptr;
            for (int64_t j = 0; j < D; j++) {
                float s = up(pf[at + j]), d = l[j] + (pc[at + j] > 0 ? up(pg[at + j]) : 0.f), p = before ? before[j] : 0.f;
                oa[at + j] = down(d * (p - up(px[at + j])) * s * (1 - s)); ox[at + j] = down(d * (1 - s)); l[j] = d * s;
            }
        }
    }
    return {ga, gx};
}

// ---------------------------------------------------------------- cross-entropy: logits become their gradient times `scale`; the sum of the losses
double cross_entropy(Tensor logits, Tensor bias, Tensor right, double scale) {
    int64_t n = logits.size(0), v = logits.size(1); u16* p = bits(logits); const float* b = floats(bias); const int64_t* y = right.data_ptr<int64_t>(); vector<float> row(v); float* r = row.data(); double loss = 0;
    for (int64_t i = 0; i < n; i++) {
        u16* x = p + i * v; float top = -1e30f, sum = 0;
        for (int64_t j = 0; j < v; j++) r[j] = up(x[j]) + b[j];
        for (int64_t j = 0; j < v; j++) top = std::max(top, r[j]);
        float own = r[y[i]]; for (int64_t j = 0; j < v; j++) r[j] = std::exp(r[j] - top);
        for (int64_t j = 0; j < v; j++) sum += r[j];
        loss += top + std::log(sum) - own; float k = float(scale) / sum;
        for (int64_t j = 0; j < v; j++) x[j] = down(r[j] * k);
        x[y[i]] = down(r[y[i]] * k - float(scale));
    }
    return loss;
}

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
    m.def("column_sums", &column_sums); m.def("bias", &bias); m.def("relu_back", &relu_back); m.def("norm", &norm); m.def("norm_back", &norm_back);
    m.def("attention", &attention); m.def("attention_back", &attention_back); m.def("ssru", &ssru); m.def("ssru_back", &ssru_back); m.def("cross_entropy", &cross_entropy);
}
