"""Every objective by its name in a recipe."""

from engine.finetune.objectives.dpo import Dpo
from engine.finetune.objectives.kto import Kto
from engine.finetune.objectives.objective import Objective
from engine.finetune.objectives.online import Online
from engine.finetune.objectives.orpo import Orpo
from engine.finetune.objectives.reward import Reward
from engine.finetune.objectives.sft import Likelihood
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.rewards import load_rewards
from engine.finetune.tokenizing import Tokenizer


def make_objective(recipe: Recipe, tokenizer: Tokenizer) -> Objective:
    """Raises `UserError` finetune.reward_failed for a reward of the user's that cannot be loaded."""
    match recipe.objective:
        case "sft" | "pretrain":
            return Likelihood()
        case "dpo":
            return Dpo(recipe.dpo)
        case "kto":
            return Kto(recipe.kto)
        case "orpo":
            return Orpo(recipe.orpo)
        case "reward":
            return Reward(recipe.reward)
        case "grpo" | "rloo":
            rewards = load_rewards(recipe.online.rewards)
            return Online(recipe.objective, recipe.online, rewards, tokenizer.text, tokenizer.ends)
