variable "name" {
  description = "Name of the load balancer."
  type        = string
}

variable "internal" {
  description = "Whether it has private addresses only."
  type        = bool
}

variable "vpc_id" {
  description = "VPC of the targets."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the load balancer, in two zones at least."
  type        = list(string)
}

variable "security_group_id" {
  description = "Its security group."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the production name."
  type        = string
}

variable "https_port" {
  description = "Port that it listens on."
  type        = number
}

variable "grafana_port" {
  description = "Port of Grafana."
  type        = number
}

variable "access_logs_bucket" {
  description = "Bucket for access logs; null writes none."
  type        = string
}
