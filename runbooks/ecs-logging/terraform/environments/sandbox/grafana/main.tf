# Grafana's contents in a rehearsal. Its provider cannot be fetched on every machine, so `terraform_data`, which is built
# in, gives Grafana's API what the provider would: the templates are those of `environments/grafana`, filled in by
# Terraform; plan, saved plan, apply, state and destroy are Terraform's own.

terraform {
  required_version = ">= 1.4"
}

variable "python" {
  description = "Python that has the sandbox's packages."
  type        = string
}

variable "repository" {
  description = "Directory that holds the Python package `sandbox`."
  type        = string
}

variable "manifest" {
  description = "JSON file with the sandbox's variables."
  type        = string
}

variable "templates" {
  description = "Folder of the dashboards' templates."
  type        = string
}

variable "grafana_url" {
  description = "Address of Grafana."
  type        = string
}

variable "grafana_auth" {
  description = "`admin:PASSWORD`."
  type        = string
  sensitive   = true
}

variable "loki_url" {
  description = "Address at which Grafana reaches Loki."
  type        = string
}

variable "applications" {
  description = "The applications."
  type        = list(object({ name = string }))
}

locals {
  contents = {
    folder     = { uid = "logs", title = "Logs" }
    datasource = { uid = "loki", name = "Loki", type = "loki", access = "proxy", url = var.loki_url, isDefault = true }
    dashboards = {
      for one in var.applications : one.name =>
      jsondecode(templatefile("${var.templates}/application.json.tftpl", { name = one.name, datasource = "loki" }))
    }
    rules = jsondecode(templatefile("${var.templates}/rules.json.tftpl", {
      names = [for one in var.applications : one.name], datasource = "loki"
    }))
  }
}

resource "terraform_data" "contents" {
  input = {
    python     = var.python
    repository = var.repository
    manifest   = var.manifest
    url        = var.grafana_url
    contents   = jsonencode(local.contents)
    # Needed to take away what was made, too: a rehearsal's password opens nothing but a stand-in.
    auth = nonsensitive(var.grafana_auth)
  }

  triggers_replace = [sha256(jsonencode(local.contents)), var.grafana_url]

  provisioner "local-exec" {
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = "\"$PYTHON\" -m sandbox.grafana_contents apply --url \"$URL\" --manifest \"$MANIFEST\""

    environment = {
      PYTHON   = self.input.python
      URL      = self.input.url
      MANIFEST = self.input.manifest
      AUTH     = self.input.auth
      CONTENTS = self.input.contents
    }
  }

  provisioner "local-exec" {
    when        = destroy
    working_dir = self.input.repository
    interpreter = ["/bin/sh", "-ceu"]
    command     = "\"$PYTHON\" -m sandbox.grafana_contents destroy --url \"$URL\" --manifest \"$MANIFEST\""

    environment = {
      PYTHON   = self.input.python
      URL      = self.input.url
      MANIFEST = self.input.manifest
      AUTH     = self.input.auth
      CONTENTS = self.input.contents
    }
  }
}
