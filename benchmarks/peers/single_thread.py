"""Imported before jax: XLA on one thread. With `taskset` besides, as the driver starts it, it cannot be otherwise."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["NPROC"] = "1"  # the size of XLA's thread pools
os.environ["JAX_PLATFORMS"] = "cpu"
