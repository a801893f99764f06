variable "name" {
  description = "Name of the load balancer."
  type        = string
}

variable "prefix" {
  description = "First part of the target groups' names."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the targets."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the public tier."
  type        = list(string)
}

variable "security_group_id" {
  description = "Its security group."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the hosts."
  type        = string
}

variable "https_port" {
  description = "Port that it listens on."
  type        = number
}

variable "hosts" {
  description = "Host, port, health check and priority of each service behind it."
  type = map(object({
    host        = string
    port        = number
    health_path = string
    priority    = number
  }))
}

variable "access_logs_bucket" {
  description = "Bucket for access logs; null writes none."
  type        = string
}
