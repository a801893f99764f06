variable "python" {
  description = "Python that has the sandbox's packages."
  type        = string
}

variable "repository" {
  description = "Directory that holds the Python package `sandbox`."
  type        = string
}

variable "endpoint" {
  description = "The sandbox's AWS endpoint."
  type        = string

  validation {
    condition     = startswith(var.endpoint, "http://127.")
    error_message = "Only a sandbox on loopback is provisioned this way."
  }
}

variable "manifest" {
  description = "JSON file with what the real modules take as variables: vpc_id, subnet_ids, certificate_arn and so on."
  type        = string
}

variable "outputs" {
  description = "File that the stand-in writes its outputs to."
  type        = string
}
