variable "account" {
  description = "Account that everything lives in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account has 12 digits."
  }
}

variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "prefix" {
  description = "Beginning of the names of roles, repositories, secrets and parameters."
  type        = string
  default     = "doa-market"
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
  default     = "doa-market-cluster"
}

variable "namespace" {
  description = "Cloud Map namespace."
  type        = string
  default     = "local"
}

variable "application" {
  description = "Name of the CodeDeploy application."
  type        = string
  default     = "doa-market"
}

variable "load_balancer" {
  description = "Name of the load balancer."
  type        = string
  default     = "doa-market-alb"
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the tasks, in two zones at least."
  type        = list(string)
}

variable "load_balancer_subnet_ids" {
  description = "Public subnets of the load balancer, in two zones at least."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "Security group of the tasks."
  type        = string
}

variable "alb_security_group_id" {
  description = "Security group of the load balancer."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the name that clients use."
  type        = string
}

variable "host" {
  description = "Name that clients use."
  type        = string
}

variable "https_port" {
  description = "Port that clients use."
  type        = number
  default     = 443
}

variable "test_port" {
  description = "Port of the test listener."
  type        = number
  default     = 8443
}

variable "client_cidrs" {
  description = "Networks that clients come from."
  type        = list(string)
}

variable "hook_cidrs" {
  description = "Addresses that the deployment hook comes from: those of the NAT gateways."
  type        = list(string)
}

variable "hook_bucket" {
  description = "Bucket that holds the package of the deployment hook."
  type        = string
}

variable "access_logs_bucket" {
  description = "Bucket of the load balancer's access logs; none when null."
  type        = string
  default     = null
}

variable "alarm_topic_arn" {
  description = "SNS topic that alarms go to."
  type        = string
}

variable "placeholder_image" {
  description = "What answers before the first release."
  type        = string
  default     = "public.ecr.aws/docker/library/busybox:1.37.0-musl"
}

variable "task_statements" {
  description = "What each service's own code may do, by its name."
  type        = map(list(object({ actions = list(string), resources = list(string) })))
  default     = {}
}

variable "minimum_healthy_percent" {
  description = "Share of a rolling service's tasks that always runs, percent."
  type        = number
  default     = 100
}

variable "maximum_percent" {
  description = "Most tasks of a rolling service during a roll-out, percent."
  type        = number
  default     = 200
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
  default     = 30
}
