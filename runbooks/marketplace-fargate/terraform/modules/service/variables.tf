variable "name" {
  description = "Name of the service."
  type        = string
}

variable "service" {
  description = "Its row of the table."
  type        = object({ port = number, cpu = number, memory = number, min = number, max = number, requests = number, strategy = string })
}

variable "region" {
  description = "Region that everything lives in."
  type        = string
}

variable "prefix" {
  description = "Beginning of the names of roles, repositories, secrets and parameters."
  type        = string
}

variable "cluster" {
  description = "The ECS cluster."
  type        = object({ id = string, name = string })
}

variable "namespace_id" {
  description = "Id of the Cloud Map namespace."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the tasks."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "Security group of the tasks."
  type        = string
}

variable "load_balancer" {
  description = "The load balancer and its two listeners."
  type        = object({ arn_suffix = string, live = string, test = string })
}

variable "codedeploy" {
  description = "CodeDeploy's application and role."
  type        = object({ application = string, role_arn = string })
}

variable "alarm_topic_arn" {
  description = "SNS topic that alarms go to."
  type        = string
}

variable "placeholder_image" {
  description = "What answers before the first release."
  type        = string
}

variable "task_statements" {
  description = "What the service's own code may do, beside events and traces."
  type        = list(object({ actions = list(string), resources = list(string) }))
}

variable "minimum_healthy_percent" {
  description = "Share of a rolling service's tasks that always runs, percent."
  type        = number
}

variable "maximum_percent" {
  description = "Most tasks of a rolling service during a roll-out, percent."
  type        = number
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
}
