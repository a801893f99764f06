variable "name" {
  description = "Name of the cluster and of its namespace."
  type        = string
}

variable "services" {
  description = "Port, tier and roll-out of each service, and whether others call it by Service Connect."
  type = map(object({
    port    = number
    tier    = string
    floor   = number
    ceiling = number
    offered = bool
  }))
}

variable "capacity_providers" {
  description = "Capacity providers by tier."
  type        = map(string)
}

variable "subnet_ids" {
  description = "Subnets of the application tier."
  type        = list(string)
}

variable "group_ids" {
  description = "Security groups by tier."
  type        = map(string)
}

variable "target_group_arns" {
  description = "Target groups by service."
  type        = map(string)
}

variable "log_groups" {
  description = "Log group of each service."
  type        = map(string)
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
}
