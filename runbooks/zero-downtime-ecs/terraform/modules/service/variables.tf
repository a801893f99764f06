variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "service" {
  description = "Name of the ECS service."
  type        = string
}

variable "family" {
  description = "Family of the task definition, and beginning of the names of roles and alarms."
  type        = string
}

variable "container" {
  description = "Name of the container and of the ECR repository."
  type        = string
}

variable "port" {
  description = "Port of the container."
  type        = number
}

variable "health_path" {
  description = "What the health checks ask for."
  type        = string
}

variable "secret" {
  description = "Secret that the container's environment is taken from."
  type        = string
}

variable "placeholder_image" {
  description = "What answers before the first version."
  type        = string
}

variable "strategy" {
  description = "How a version reaches clients: rolling or blue-green."
  type        = string
}

variable "minimum_healthy_percent" {
  description = "Share of the tasks that always runs, percent."
  type        = number
}

variable "maximum_percent" {
  description = "Most tasks during a roll-out, percent."
  type        = number
}

variable "application" {
  description = "Name of the CodeDeploy application, for blue-green."
  type        = string
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
}

variable "client_cidrs" {
  description = "Networks that clients come from."
  type        = list(string)
}

variable "access_logs_bucket" {
  description = "Bucket of the load balancer's access logs; none when null."
  type        = string
}

variable "alarm_actions" {
  description = "ARNs that are told when an alarm rings."
  type        = list(string)
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
}
