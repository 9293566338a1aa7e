"""The few operations a llama-like layer is made of, with their gradients written out.

Frozen weights get no gradient, products that share an input are one product, and nothing is kept for the
backward pass that can be had more cheaply. The mathematics is that of transformers and PEFT; tests compare
both.

Frozen weights may be narrower (bfloat16) than what flows between them: then only the products with them are
computed in their type. What a LoRA adds stays wide; its first small changes would vanish in the rounding.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch.nn import functional

EVEN = 64
"""Narrow products have a multiple of so many rows: oneDNN makes a program for each new shape, which takes
longer than the product, and keeps it with its memory.
"""
BLOCK = 8192
"""Rows of a narrow weight that are wide at a time."""
ROWS_AT_ONCE = 256
"""Rows of logits in memory at a time: a vocabulary of 150,000 takes 150 MB then."""


class Wiring(NamedTuple):
    """Where the LoRAs of a fused product are. `places`: (first row, rows) of each in the fused weight."""

    scale: float
    places: tuple[tuple[int, int], ...]


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """x Wᵀ + b in the type of x, multiplied in the type of W."""
    if x.dtype == weight.dtype:
        return functional.linear(x, weight, bias)
    y = functional.linear(_narrowed(x, weight.dtype), weight)[: x.shape[0]].to(x.dtype)
    return y if bias is None else y + bias


def linear_gradient(dy: Any, weight: Any) -> Any:
    """Of x for `linear`: dy W in the type of dy, multiplied in the type of W."""
    if dy.dtype == weight.dtype:
        return dy @ weight
    return (_narrowed(dy, weight.dtype) @ weight)[: dy.shape[0]].to(dy.dtype)


def wide_linear(x: Any, weight: Any) -> Any:
    """x Wᵀ in the type of x, multiplied in it, too: for scores that are compared with each other. A narrow W
    is widened block by block.
    """
    if x.dtype == weight.dtype:
        return x @ weight.t()
    y = torch.empty(x.shape[0], weight.shape[0], dtype=x.dtype, device=x.device)
    for start in range(0, weight.shape[0], BLOCK):
        block = slice(start, start + BLOCK)
        y[:, block] = x @ weight[block].to(x.dtype).t()
    return y


def _narrowed(x: Any, kind: Any) -> Any:
    """x in this type, with rows of zeros up to a multiple of `EVEN`."""
    count = x.shape[0]
    narrow = torch.empty(count + -count % EVEN, *x.shape[1:], dtype=kind, device=x.device)
    narrow[:count] = x
    narrow[count:] = 0
    return narrow


def product(x: Any, weight: Any, bias: Any, wiring: Wiring, a: Any, bs: Sequence[Any]) -> tuple[Any, Any]:
    """y = x Wᵀ + b + s·Bᵢ(Aᵢ x), and A x, which the gradient needs. Hu et al. 2021.

    x [tokens, in]; W [out, in], the rows of several layers one below the other; A [layers·r, in] likewise;
    B [rows, r].
    """
    inner = x @ a.to(x.dtype).t()
    y = linear(x, weight, bias)
    for number, ((start, rows), b) in enumerate(zip(wiring.places, bs, strict=True)):
        r = b.shape[1]
        part = inner[:, number * r : (number + 1) * r]
        y[:, start : start + rows].addmm_(part, b.to(x.dtype).t(), alpha=wiring.scale)
    return y, inner


def product_gradients(
    dy: Any, x: Any, weight: Any, wiring: Wiring, a: Any, inner: Any, bs: Sequence[Any], *, needs_dx: bool
) -> tuple[Any, Any, list[Any]]:
    """Of x (None if nobody needs it), A and the Bs; the frozen weight gets none."""
    narrow = dy.to(weight.dtype)
    d_inner = torch.empty_like(inner)
    d_bs = []
    for number, ((start, rows), b) in enumerate(zip(wiring.places, bs, strict=True)):
        r = b.shape[1]
        part = slice(number * r, (number + 1) * r)
        d = narrow[:, start : start + rows]
        d_bs.append(torch.mm(d.t(), inner[:, part].to(d.dtype)).to(b.dtype).mul_(wiring.scale))
        d_inner[:, part] = d @ b.to(d.dtype)
    d_inner.mul_(wiring.scale)
    d_a = (d_inner.t() @ x).to(a.dtype)
    dx = (narrow @ weight).to(dy.dtype).addmm_(d_inner, a.to(dy.dtype)) if needs_dx else None
    return dx, d_a, d_bs


class LoraProduct(torch.autograd.Function):
    """`product` with a gradient."""

    @staticmethod
    def forward(ctx: Any, x: Any, weight: Any, bias: Any, wiring: Wiring, a: Any, *bs: Any) -> Any:
        y, inner = product(x, weight, bias, wiring, a, bs)
        ctx.save_for_backward(x, weight, a, inner, *bs)
        ctx.wiring = wiring
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        x, weight, a, inner, *bs = ctx.saved_tensors
        needs_dx = ctx.needs_input_grad[0]
        dx, d_a, d_bs = product_gradients(
            gradients[0], x, weight, ctx.wiring, a, inner, bs, needs_dx=needs_dx
        )
        return (dx, None, None, None, d_a, *d_bs)


class NormProduct(torch.autograd.Function):
    """`product` of the RMS norm of x. The gain stands in W already (each column multiplied by its gain), so
    that no pass over the tokens is spent on it; A is that of the input with the gain.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Any, gain: Any, epsilon: float, weight: Any, bias: Any, wiring: Wiring, a: Any, *bs: Any
    ) -> Any:
        normed, inverse = normalized(x, epsilon)
        y, inner = product(normed, weight, bias, wiring, a * gain, bs)
        ctx.save_for_backward(normed, inverse, gain, weight, a, inner, *bs)
        ctx.wiring = wiring
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        normed, inverse, gain, weight, a, inner, *bs = ctx.saved_tensors
        needs_dx = ctx.needs_input_grad[0]
        dx, d_a, d_bs = product_gradients(
            gradients[0], normed, weight, ctx.wiring, a * gain, inner, bs, needs_dx=needs_dx
        )
        if needs_dx:
            dx = norm_gradient(dx, normed, inverse)
        return (dx, None, None, None, None, None, d_a.mul_(gain), *d_bs)


class GluProduct(torch.autograd.Function):
    """`product` of silu(gate)·up (Shazeer 2020) for [tokens, 2·width], gate first; the inner value is
    not kept.
    """

    @staticmethod
    def forward(ctx: Any, both: Any, weight: Any, bias: Any, wiring: Wiring, a: Any, *bs: Any) -> Any:
        y, inner = product(swiglu(both), weight, bias, wiring, a, bs)
        ctx.save_for_backward(both, weight, a, inner, *bs)
        ctx.wiring = wiring
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        both, weight, a, inner, *bs = ctx.saved_tensors
        gate, up = both.chunk(2, 1)
        sigmoid = torch.sigmoid(gate)
        silu = gate * sigmoid
        dx, d_a, d_bs = product_gradients(
            gradients[0], silu * up, weight, ctx.wiring, a, inner, bs, needs_dx=True
        )
        return (_swiglu_gradient(dx, up, sigmoid, silu), None, None, None, d_a, *d_bs)


class RmsNorm(torch.autograd.Function):
    """Zhang & Sennrich 2019, with a frozen gain or none, over the last dimension."""

    @staticmethod
    def forward(ctx: Any, x: Any, gain: Any, epsilon: float) -> Any:
        normed, inverse = normalized(x, epsilon)
        ctx.save_for_backward(normed, inverse, gain)
        return normed if gain is None else normed * gain

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        normed, inverse, gain = ctx.saved_tensors
        dy = gradients[0] if gain is None else gradients[0] * gain
        return norm_gradient(dy, normed, inverse), None, None


class SwiGlu(torch.autograd.Function):
    """silu(gate)·up where the product after it is not trained."""

    @staticmethod
    def forward(ctx: Any, both: Any) -> Any:
        ctx.save_for_backward(both)
        return swiglu(both)

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        gate, up = ctx.saved_tensors[0].chunk(2, 1)
        sigmoid = torch.sigmoid(gate)
        return _swiglu_gradient(gradients[0], up, sigmoid, gate * sigmoid)


def normalized(x: Any, epsilon: float) -> tuple[Any, Any]:
    """x/√(mean x² + ε) in the type of x, and the inverse root [..., 1] in float32."""
    wide = x.float()
    inverse = torch.rsqrt(torch.linalg.vecdot(wide, wide).div_(x.shape[-1]).add_(epsilon)).unsqueeze(-1)
    return (wide * inverse).to(x.dtype), inverse


def norm_gradient(dy: Any, normed: Any, inverse: Any) -> Any:
    """Of x, for y = normed(x)."""
    g = dy.float()
    wide = normed.float()
    along = torch.linalg.vecdot(g, wide).div_(g.shape[-1]).unsqueeze(-1)
    return torch.addcmul(g, wide, along, value=-1).mul_(inverse).to(dy.dtype)


def swiglu(both: Any) -> Any:
    """[tokens, 2·width] to [tokens, width]."""
    width = both.shape[1] // 2
    return functional.silu(both[:, :width]).mul_(both[:, width:])


def _swiglu_gradient(dy: Any, up: Any, sigmoid: Any, silu: Any) -> Any:
    """Of [gate, up]; silu' = σ + silu·(1 − σ)."""
    width = up.shape[1]
    out = torch.empty(up.shape[0], 2 * width, dtype=up.dtype, device=up.device)
    gate_part, up_part = out.chunk(2, 1)
    torch.mul(dy, silu, out=up_part)
    # σ + silu − silu·σ
    torch.addcmul(silu, silu, sigmoid, value=-1, out=gate_part).add_(sigmoid)
    gate_part.mul_(up).mul_(dy)
    return out


class HeadLoss(torch.autograd.Function):
    """Σ −log softmax(h Wᵀ)[target], with the gradient of h computed in the forward pass.

    h [rows, width], W [vocabulary, width], targets [rows]. Never more than `ROWS_AT_ONCE` rows of logits
    exist.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Any, weight: Any, targets: Any) -> Any:
        gradient = torch.empty_like(hidden)
        loss = hidden.new_zeros((), dtype=torch.float64)
        for start in range(0, hidden.shape[0], ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            logits = linear(hidden[rows], weight).float()
            wanted = targets[rows].unsqueeze(1)
            largest = logits.amax(1, keepdim=True)
            chosen = logits.gather(1, wanted)
            logits.sub_(largest).exp_()
            total = logits.sum(1, keepdim=True)
            loss += (total.log() + largest - chosen).sum(dtype=torch.float64)
            # softmax − one-hot; divided by the total after the product, where rows are shorter.
            logits.scatter_add_(1, wanted, -total)
            gradient[rows] = linear_gradient(logits, weight).div_(total)
        ctx.save_for_backward(gradient)
        return loss.float()

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        (gradient,) = ctx.saved_tensors
        return gradient * gradients[0].to(gradient.dtype), None, None


class HeadLogProbs(torch.autograd.Function):
    """log softmax(h Wᵀ / temperature)[target] of every row; logits are computed again in the backward
    pass.
    """

    @staticmethod
    def forward(ctx: Any, hidden: Any, weight: Any, targets: Any, temperature: float) -> Any:
        found = torch.empty(hidden.shape[0], dtype=torch.float32, device=hidden.device)
        totals = torch.empty_like(found)
        for start in range(0, hidden.shape[0], ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            logits = wide_linear(hidden[rows], weight).float().div_(temperature)
            totals[rows] = torch.logsumexp(logits, 1)
            found[rows] = logits.gather(1, targets[rows].unsqueeze(1)).squeeze(1) - totals[rows]
        ctx.save_for_backward(hidden, weight, targets, totals)
        ctx.temperature = temperature
        return found

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        (outer,) = gradients
        hidden, weight, targets, totals = ctx.saved_tensors
        gradient = torch.empty_like(hidden)
        for start in range(0, hidden.shape[0], ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            logits = wide_linear(hidden[rows], weight).float().div_(ctx.temperature)
            slopes = logits.sub_(totals[rows].unsqueeze(1)).exp_().neg_().mul_(outer[rows].unsqueeze(1))
            slopes.scatter_add_(1, targets[rows].unsqueeze(1), outer[rows].unsqueeze(1))
            gradient[rows] = linear_gradient(slopes, weight).div_(ctx.temperature)
        return gradient, None, None, None
