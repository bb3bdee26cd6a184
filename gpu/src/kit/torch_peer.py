"""Reads with Hugging Face transformers on the same card: the rate that the engine's is compared with.

    python3 torch_peer.py MODEL_FOLDER

float32, no gradients, the way transformers takes without fused kernels; says whether mamba-ssm's are there.
"""
import sys
import time

import torch
import transformers


def rate(model, batch, length):
    ids = torch.randint(16, model.config.vocab_size, (batch, length), device="cuda")
    with torch.inference_mode():
        for _ in range(2):
            model(ids, use_cache=False)
        torch.cuda.synchronize()
        start, runs = time.time(), 0
        while time.time() - start < 5:
            model(ids, use_cache=False)
            torch.cuda.synchronize()
            runs += 1
    return runs * batch * length / (time.time() - start)


def main():
    torch.backends.cuda.matmul.allow_tf32 = False
    fused = []
    for name in ("mamba_ssm", "causal_conv1d"):
        try:
            __import__(name)
            fused.append(name)
        except ImportError:
            pass
    print("torch", torch.__version__, "transformers", transformers.__version__, torch.cuda.get_device_name(),
          "fused kernels:", ", ".join(fused) or "none")
    model = transformers.MambaModel.from_pretrained(sys.argv[1], dtype=torch.float32).cuda().eval()
    for batch, length in ((1, 512), (1, 2048), (8, 1024), (64, 128)):
        print(f"batch {batch} x {length}: {rate(model, batch, length):,.0f} tokens/s", flush=True)


main()
