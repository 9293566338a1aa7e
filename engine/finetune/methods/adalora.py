"""AdaLoRA (Zhang et al. 2023): singular directions that matter little are taken away while it trains."""

from typing import Any

import torch

from engine.errors import UserError
from engine.finetune.methods.peft_method import PeftAttached, peft_targets
from engine.finetune.recipe.recipe import Recipe

_TABLES = ("ipt", "exp_avg_ipt", "exp_avg_unc")


def config(recipe: Recipe, steps: int) -> Any:
    """Of PEFT. Raises `UserError` recipe.unsupported where no step is left to prune in."""
    import peft  # noqa: PLC0415

    section = recipe.adalora
    if section.tinit >= steps - section.tfinal:
        raise UserError(
            "recipe.unsupported",
            what=f"adalora.tinit {section.tinit} and tfinal {section.tfinal} with {steps} steps",
            instead="Their sum has to be less than the number of steps",
        )
    return peft.AdaLoraConfig(
        init_r=section.init_r,
        target_r=section.target_r,
        lora_alpha=section.alpha,
        tinit=section.tinit,
        tfinal=section.tfinal,
        deltaT=section.deltaT,
        orth_reg_weight=section.orth_reg_weight,
        total_step=steps,
        target_modules=peft_targets(section.target_modules),
        task_type="CAUSAL_LM",
    )


class AdaLora(PeftAttached):
    """With the term that keeps directions apart, and the allocator's memory in the checkpoint."""

    def before_update(self) -> None:
        weight = self.model.peft_config["default"].orth_reg_weight
        terms = []
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad and ("lora_A" in name or "lora_B" in name):
                product = parameter @ parameter.T if "lora_A" in name else parameter.T @ parameter
                unit = torch.eye(*product.size(), device=product.device, dtype=product.dtype)
                terms.append(torch.norm(product - unit, p="fro"))
        (weight * sum(terms) / len(terms)).backward()

    def after_step(self, step: int) -> None:
        self.model.base_model.update_and_allocate(step)

    def extra_state(self) -> dict[str, Any]:
        allocator = self.model.base_model.rankallocator
        found: dict[str, Any] = {}
        for table in _TABLES:
            found |= {f"{table}/{name}": value for name, value in getattr(allocator, table).items()}
        pattern = self.model.peft_config["default"].rank_pattern or {}
        found |= {
            f"rank_pattern/{name}": torch.tensor(kept, dtype=torch.uint8) for name, kept in pattern.items()
        }
        return found

    def load_extra_state(self, tensors: dict[str, Any]) -> None:
        allocator = self.model.base_model.rankallocator
        pattern: dict[str, list[bool]] = {}
        for key, value in tensors.items():
            table, _, name = key.partition("/")
            if table in _TABLES:
                getattr(allocator, table)[name] = value
            elif table == "rank_pattern":
                pattern[name] = [bool(one) for one in value.tolist()]
        if pattern:
            self.model.peft_config["default"].rank_pattern = pattern
