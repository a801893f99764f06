terraform {
  required_version = ">= 1.7"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }

  # Which bucket is the operator's: `terraform init -backend-config=backend.hcl`.
  backend "s3" {
    key          = "central-monitoring/prod.tfstate"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account]

  default_tags {
    tags = {
      system     = "monitoring"
      managed-by = "terraform"
    }
  }
}
