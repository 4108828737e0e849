"""Networks as files for other programs: ONNX, PyTorch, Hugging Face; a module for each format."""
