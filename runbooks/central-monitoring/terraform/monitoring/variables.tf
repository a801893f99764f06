variable "account" {
  description = "Account that everything lives in."
  type        = string
}

variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the services and of the monitoring."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets of the tasks and of the mount targets, one a zone."
  type        = list(string)
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in two zones at least."
  type        = list(string)
}

variable "application_security_group_id" {
  description = "Security group of the services that are watched."
  type        = string
}

variable "exporter_port" {
  description = "Port of the exporter beside each service."
  type        = number
}

variable "certificate_arn" {
  description = "Certificate of Grafana's name."
  type        = string
}

variable "https_port" {
  description = "Port of Grafana's name."
  type        = number
}

variable "client_cidrs" {
  description = "Where people look at Grafana from: the office, the VPN, and the host that `migrate` runs on."
  type        = list(string)
}

variable "operator_cidrs" {
  description = "Where Prometheus and Alertmanager may be asked from directly: the host that `migrate` runs on."
  type        = list(string)
}

variable "access_logs_bucket" {
  description = "Bucket for the load balancer's access logs; null writes none."
  type        = string
  default     = null
}

variable "backup_vault" {
  description = "Vault of the backups, which outlives this system."
  type        = string
}

variable "backup_schedule" {
  description = "When the disks are backed up, as AWS Backup writes it, UTC."
  type        = string
}

variable "backup_keep_days" {
  description = "How long backups are kept, days."
  type        = number
}

variable "cluster" {
  description = "ECS cluster of the monitoring."
  type        = string
}

variable "namespace" {
  description = "Cloud Map namespace."
  type        = string
}

variable "load_balancer" {
  description = "Name of the load balancer."
  type        = string
}
