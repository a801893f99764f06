variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "prefix" {
  description = "Beginning of the names of roles and functions."
  type        = string
}

variable "cluster" {
  description = "Name of the ECS cluster."
  type        = string
}

variable "namespace" {
  description = "Cloud Map namespace."
  type        = string
}

variable "application" {
  description = "Name of the CodeDeploy application."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "load_balancer" {
  description = "Name of the load balancer."
  type        = string
}

variable "load_balancer_subnet_ids" {
  description = "Public subnets of the load balancer, in two zones at least."
  type        = list(string)
}

variable "alb_security_group_id" {
  description = "Security group of the load balancer."
  type        = string
}

variable "task_security_group_id" {
  description = "Security group of the tasks."
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
}

variable "test_port" {
  description = "Port of the test listener."
  type        = number
}

variable "first_port" {
  description = "Lowest port of the services."
  type        = number
}

variable "last_port" {
  description = "Highest port of the services."
  type        = number
}

variable "client_cidrs" {
  description = "Networks that clients come from."
  type        = list(string)
}

variable "hook_cidrs" {
  description = "Addresses that the deployment hook comes from."
  type        = list(string)
}

variable "hook_bucket" {
  description = "Bucket that holds the package of the deployment hook."
  type        = string
}

variable "access_logs_bucket" {
  description = "Bucket of the load balancer's access logs; none when null."
  type        = string
}
