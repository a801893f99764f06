# A runbook's infrastructure in a rehearsal. The AWS provider cannot be fetched on every machine, so `terraform_data`,
# which is built in, makes what `resources.yaml` beside the runbook's own Terraform files declares. Plan, saved plan,
# apply, state and destroy are Terraform's own. The outputs are written beside it when the rehearsal is prepared.

terraform {
  required_version = ">= 1.4"
}

resource "terraform_data" "infrastructure" {
  input = {
    python     = var.python
    repository = var.repository
    endpoint   = var.endpoint
    manifest   = var.manifest
    declared   = var.declared
    state      = var.state
    outputs    = var.outputs
  }

  triggers_replace = [filesha256(var.manifest), filesha256(var.declared)]

  provisioner "local-exec" {
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = <<-EOT
      "$PYTHON" -m sandbox.resources apply --endpoint "$ENDPOINT" --manifest "$MANIFEST" --declared "$DECLARED" \
        --state "$STATE" > "$OUTPUTS.new"
      mv "$OUTPUTS.new" "$OUTPUTS"
    EOT

    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
      DECLARED   = self.input.declared
      STATE      = self.input.state
      OUTPUTS    = self.input.outputs
    }
  }

  provisioner "local-exec" {
    when        = destroy
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = <<-EOT
      "$PYTHON" -m sandbox.resources destroy --endpoint "$ENDPOINT" --manifest "$MANIFEST" --declared "$DECLARED" \
        --state "$STATE"
    EOT

    environment = {
      PYTHON     = self.input.python
      PYTHONPATH = self.input.repository
      ENDPOINT   = self.input.endpoint
      MANIFEST   = self.input.manifest
      DECLARED   = self.input.declared
      STATE      = self.input.state
    }
  }
}

locals {
  # The name of the file is unknown until the resource is made, so it is read then and not when planning.
  made = try(jsondecode(file(terraform_data.infrastructure.output.outputs)), null)
}
