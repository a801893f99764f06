"""moto, run in this process, with what is unreal in it mended: one module a service."""
