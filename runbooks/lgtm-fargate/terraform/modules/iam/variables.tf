variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "bucket" {
  description = "Bucket that the stores use."
  type        = string
}

variable "state_bucket" {
  description = "Bucket that Terraform keeps its state in."
  type        = string
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "github_repository" {
  description = "Repository that deploys, `owner/name`."
  type        = string
}

variable "deploy_branches" {
  description = "Branches that deploy."
  type        = list(string)
}
