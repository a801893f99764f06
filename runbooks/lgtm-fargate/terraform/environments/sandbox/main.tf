# The rehearsal's infrastructure. The AWS provider cannot be fetched on every machine, so `terraform_data`, which is built
# in, runs the sandbox's stand-in for the six modules. Plan, saved plan, apply, state and destroy are Terraform's own.

terraform {
  required_version = ">= 1.4"
}

resource "terraform_data" "infrastructure" {
  input = {
    python     = var.python
    repository = var.repository
    endpoint   = var.endpoint
    manifest   = var.manifest
    outputs    = var.outputs
  }

  triggers_replace = [filesha256(var.manifest)]

  provisioner "local-exec" {
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = <<-EOT
      "$PYTHON" -m sandbox.provision apply --endpoint "$ENDPOINT" --manifest "$MANIFEST" > "$OUTPUTS.new"
      mv "$OUTPUTS.new" "$OUTPUTS"
    EOT

    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
      OUTPUTS    = self.input.outputs
    }
  }

  provisioner "local-exec" {
    when        = destroy
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = "\"$PYTHON\" -m sandbox.provision destroy --endpoint \"$ENDPOINT\" --manifest \"$MANIFEST\""
    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
    }
  }
}

# The services, with no tasks and a first revision that never runs: their revision and their count are `migrate`'s.
resource "terraform_data" "services" {
  input = {
    python     = var.python
    repository = var.repository
    endpoint   = var.endpoint
    manifest   = var.manifest
    script     = abspath("${path.root}/services.py")
    made_in    = terraform_data.infrastructure.id
  }

  triggers_replace = [terraform_data.infrastructure.id]

  provisioner "local-exec" {
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = "\"$PYTHON\" \"$SCRIPT\" apply --endpoint \"$ENDPOINT\" --manifest \"$MANIFEST\""
    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      SCRIPT     = self.input.script
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
    }
  }

  provisioner "local-exec" {
    when        = destroy
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = "\"$PYTHON\" \"$SCRIPT\" destroy --endpoint \"$ENDPOINT\" --manifest \"$MANIFEST\""
    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      SCRIPT     = self.input.script
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
    }
  }
}
