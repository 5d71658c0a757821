"""Golden files of the layers: outputs in both modes, input and weight gradients, new running statistics.

PyTorch computes in float64 from float32 numbers and the result is rounded to float32 once, so a golden is the exact
value and any error in a comparison is our own. Names inside a file: `<case>/input/<i>`, `<case>/weight/<name>` (as
in state_dict, including running statistics), `<case>/evaluation`, `<case>/training`, `<case>/dy`,
`<case>/dinput/<i>`,
`<case>/dweight/<name>`, `<case>/after/<name>` (running statistics after the training pass). Gradients are those of
the training pass, except for dropout, whose random mask cannot be stored in a golden: there they are those of the
evaluation
pass. A frozen layer is in evaluation mode in both passes.
"""
import numpy as np
import torch

from hashed_numbers import hashed
from layer_cases import LAYERS


def set_weights(case, kind):
    """Weights and statistics by formula: scales near 1, variances positive, everything else centered."""
    values = {}
    for name, old in case.module.state_dict().items():
        if name == "num_batches_tracked":
            continue
        number = hashed(f"{kind} {case.name} {name}", tuple(old.shape))
        if name == "running_var" or (name == "weight" and "norm" in kind):
            number = np.abs(number) + np.float32(0.5)
        values[name] = number.astype(np.float32)
    case.module.double()
    padding = getattr(case.module, "padding_idx", None)
    if padding is not None:
        # As initialized by the module; its gradient is zero, so it stays unchanged.
        values["weight"][padding] = 0
    case.module.load_state_dict({name: torch.from_numpy(v).double() for name, v in values.items()}, strict=False)
    return values


def as_input(x):
    """Token ids are integers and have no gradient."""
    if np.issubdtype(x.dtype, np.integer):
        return torch.from_numpy(x)
    return torch.from_numpy(x).double().requires_grad_()


def single(tensor):
    return tensor.detach().numpy().astype(np.float32)


def evaluate(case, kind):
    """One case's tensors by role."""
    tensors = {f"weight/{name}": value for name, value in set_weights(case, kind).items()}
    inputs = [as_input(x) for x in case.inputs]
    tensors.update({f"input/{i}": x.astype(np.float32) for i, x in enumerate(case.inputs)})
    case.module.eval()
    evaluation = case.module(*inputs)
    tensors["evaluation"] = single(evaluation)
    random = kind == "dropout" and case.params["p"] > 0
    if random:
        output = evaluation
    else:
        case.module.train(not case.frozen)
        output = case.module(*inputs)
        tensors["training"] = single(output)
    dy = hashed(f"{kind} {case.name} dy", tuple(output.shape))
    tensors["dy"] = dy
    output.backward(torch.from_numpy(dy).double())
    tensors.update({f"dinput/{i}": single(x.grad) for i, x in enumerate(inputs) if x.is_floating_point()})
    tensors.update({f"dweight/{name}": single(p.grad) for name, p in case.module.named_parameters()})
    for name, value in case.module.named_buffers():
        if name != "num_batches_tracked":
            tensors[f"after/{name}"] = single(value)
    return tensors


def make():
    """Yields (kind, tensors, cases) for every layer."""
    for kind, build in LAYERS.items():
        tensors, cases = {}, []
        for case in build():
            for role, array in evaluate(case, kind).items():
                tensors[f"{case.name}/{role}"] = array
            cases.append(
                {
                    "name": case.name,
                    "params": case.params,
                    "inputs": len(case.inputs),
                    "smooth": case.smooth,
                    **({"frozen": True} if case.frozen else {}),
                }
            )
        yield kind, tensors, cases
