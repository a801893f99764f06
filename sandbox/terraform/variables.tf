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
  description = "JSON file with the values that the declared resources name."
  type        = string
}

variable "declared" {
  description = "YAML file with the resources."
  type        = string
}

variable "state" {
  description = "File that notes what has been made."
  type        = string
}

variable "outputs" {
  description = "File that the outputs are written to."
  type        = string
}
