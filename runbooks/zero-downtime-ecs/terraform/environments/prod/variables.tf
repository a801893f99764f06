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

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
  default     = "mclass-cluster"
}

variable "service" {
  description = "Name of the ECS service."
  type        = string
  default     = "mclass-service"
}

variable "family" {
  description = "Family of the task definition, and beginning of the names of roles and alarms."
  type        = string
  default     = "mclass-task"
}

variable "container" {
  description = "Name of the container and of the ECR repository."
  type        = string
  default     = "mclass-server"
}

variable "port" {
  description = "Port of the container."
  type        = number
  default     = 3000
}

variable "health_path" {
  description = "What the health checks ask for."
  type        = string
  default     = "/health"
}

variable "secret" {
  description = "Secret that the container's environment is taken from."
  type        = string
  default     = "mclass/server"
}

variable "placeholder_image" {
  description = "What answers before the first version."
  type        = string
  default     = "public.ecr.aws/docker/library/busybox:1.37.0-musl"
}

variable "strategy" {
  description = "How a version reaches clients: rolling or blue-green."
  type        = string
  default     = "rolling"

  validation {
    condition     = contains(["rolling", "blue-green"], var.strategy)
    error_message = "Rolling or blue-green."
  }
}

variable "minimum_healthy_percent" {
  description = "Share of the tasks that always runs, percent."
  type        = number
  default     = 50
}

variable "maximum_percent" {
  description = "Most tasks during a roll-out, percent."
  type        = number
  default     = 200
}

variable "application" {
  description = "Name of the CodeDeploy application, for blue-green."
  type        = string
  default     = "mclass"
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the tasks, in two zones at least."
  type        = list(string)
}

variable "load_balancer" {
  description = "Name of the load balancer."
  type        = string
  default     = "mclass-alb"
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

variable "https_port" {
  description = "Port that clients use."
  type        = number
  default     = 443
}

variable "client_cidrs" {
  description = "Networks that clients come from."
  type        = list(string)
}

variable "access_logs_bucket" {
  description = "Bucket of the load balancer's access logs; none when null."
  type        = string
  default     = null
}

variable "alarm_actions" {
  description = "ARNs that are told when an alarm rings."
  type        = list(string)
  default     = []
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
  default     = 30
}
