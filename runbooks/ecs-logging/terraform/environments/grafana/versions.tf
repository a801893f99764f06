terraform {
  required_version = ">= 1.11"

  required_providers {
    grafana = {
      source  = "grafana/grafana"
      version = "~> 4.0"
    }
  }

  # Which bucket is the operator's: `terraform init -backend-config=backend.hcl`.
  backend "s3" {
    key          = "ecs-logging/grafana.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "grafana" {
  url     = var.grafana_url
  auth    = var.grafana_auth
  ca_cert = var.grafana_ca_file
}
