variable "cluster" {
  description = "Name of the cluster."
  type        = string
}

variable "components" {
  description = "Port of each component, and how far a roll-out may go, percent of its tasks."
  type = map(object({
    port    = number
    floor   = number
    ceiling = number
  }))
}

variable "subnet_ids" {
  description = "Subnets of the tasks."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "Security group of the tasks."
  type        = string
}

variable "discovery_arns" {
  description = "Cloud Map service of each component."
  type        = map(string)
}

variable "target_group_arns" {
  description = "Target groups of the components behind the load balancer."
  type        = map(string)
}

variable "log_retention_days" {
  description = "How long the tasks' logs are kept, days: as in the runbook."
  type        = number
}
