variable "name" {
  description = "Name of the network, first part of those in it."
  type        = string
}

variable "region" {
  description = "Region."
  type        = string
}

variable "cidr" {
  description = "Addresses of the VPC: a /16."
  type        = string
}

variable "zones" {
  description = "Availability zones, two at least."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4
    error_message = "Two zones at least and four at most."
  }
}

variable "nat_per_zone" {
  description = "Whether each zone has a NAT gateway: dearer, and nothing stops when a zone does."
  type        = bool
}

variable "bastion_type" {
  description = "Type of the bastion host."
  type        = string
}

variable "client_cidrs" {
  description = "Where requests come from."
  type        = list(string)
}

variable "https_port" {
  description = "Port of the hosts."
  type        = number
}

variable "application_ports" {
  description = "Port of each application."
  type        = map(number)
}

variable "grafana_port" {
  description = "Port of Grafana."
  type        = number
}

variable "loki_port" {
  description = "Port of Loki."
  type        = number
}

variable "log_retention_days" {
  description = "How long the flow of refused packets is kept, days."
  type        = number
}
