variable "project" {
  description = "First part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.project))
    error_message = "Two to twenty small letters, digits and hyphens, a letter first: names of load balancers have 32 at most."
  }
}

variable "applications" {
  description = "Names of the applications."
  type        = list(string)
}

variable "monitoring" {
  description = "Names of the services that watch them."
  type        = list(string)
}
