variable "task_security_group_id" {
  description = "Security group of the tasks."
  type        = string
}

variable "alb_security_group_id" {
  description = "Security group of the load balancer."
  type        = string
}

variable "ports" {
  description = "Port of each component's API, by name."
  type        = map(number)
}

variable "https_port" {
  description = "Port of the load balancer."
  type        = number
}

variable "client_cidrs" {
  description = "Where people look at Grafana from."
  type        = list(string)
}

variable "agent_cidrs" {
  description = "Where agents send from."
  type        = list(string)
}

variable "operator_cidrs" {
  description = "Where `migrate` runs: the bastion's private address, such as 10.20.0.10/32."
  type        = list(string)
}
