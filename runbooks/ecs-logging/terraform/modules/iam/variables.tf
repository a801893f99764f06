variable "name" {
  description = "First part of every name."
  type        = string
}

variable "region" {
  description = "Region."
  type        = string
}

variable "bucket" {
  description = "Bucket that Loki stores in."
  type        = string
}

variable "artifacts_bucket" {
  description = "Bucket of the pipelines."
  type        = string
}

variable "parameters" {
  description = "Path of the services' parameters."
  type        = string
}
