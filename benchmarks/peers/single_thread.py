"""Imported before jax: XLA on one thread. The driver's `taskset` also enforces it."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["NPROC"] = "1"  # the size of XLA's thread pools
os.environ["JAX_PLATFORMS"] = "cpu"
