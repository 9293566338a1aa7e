"""What is said in the pictures. The starter model's own words, but for `IMPORTED`."""

import json

REVERSE = "Write a Python function that reverses a string. Explain it in two sentences."
TIPS = "Give me three tips for learning to play the piano. Use a numbered list with bold headings."
REPEATED = "The wizard Zorblax met the dragon Quimby. Later the wizard Zorblax met the dragon Quimby"
"""As in docs/user/attention.md."""

_QUESTION = "How fast does attention grow with the length of a text?"
_THINKING = (
    "Scores are compared for every pair of tokens. So the number of weights per head is the square of the "
    "length; keys and values are kept once per token."
)
_ANSWER = r"""For a text of $n$ tokens and heads of size $d_k$, one head computes

$$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^{\top}}{\sqrt{d_k}}\right) V$$

The matrix in the brackets has $n \times n$ entries:

| Text | Weights of one head | Keys and values |
|---|---:|---:|
| 100 tokens | 10,000 | 100 |
| 1,000 tokens | 1,000,000 | 1,000 |
| 8,000 tokens | 64,000,000 | 8,000 |

- **Reading** the text costs time that grows with $n^2$.
- **Writing** one more token costs time that grows with $n$: only one new row is needed.

```python
def weights(tokens: int, layers: int, heads: int) -> int:
    return layers * heads * tokens**2
```
"""


def imported() -> str:
    """A chat for import, written for the picture: no model said this."""
    messages = [
        {"role": "user", "content": _QUESTION},
        {"role": "assistant", "content": _ANSWER, "reasoning_content": _THINKING},
    ]
    return json.dumps({"messages": messages})
