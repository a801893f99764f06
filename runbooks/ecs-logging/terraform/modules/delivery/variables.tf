variable "name" {
  description = "First part of every name."
  type        = string
}

variable "applications" {
  description = "Repository and base image of each application."
  type = map(object({
    repository = string
    base       = string
  }))
}

variable "cluster" {
  description = "Name of the cluster."
  type        = string
}

variable "services" {
  description = "Names of the services."
  type        = map(string)
}

variable "registry" {
  description = "Address of the account's registry."
  type        = string
}

variable "healthcheck_image" {
  description = "Image that `/bin/busybox` is taken from."
  type        = string
}

variable "artifacts_bucket" {
  description = "Versioned bucket with `source/NAME.zip`, where artifacts go, too."
  type        = string
}

variable "build_role_arn" {
  description = "Role of CodeBuild."
  type        = string
}

variable "pipeline_role_arn" {
  description = "Role of CodePipeline."
  type        = string
}

variable "log_retention_days" {
  description = "How long the builds' logs are kept, days."
  type        = number
}
