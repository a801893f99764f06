variable "namespace" {
  description = "Name of the private DNS namespace."
  type        = string
}

variable "vpc_id" {
  description = "VPC that sees the names."
  type        = string
}

variable "components" {
  description = "Names of the components."
  type        = set(string)
}

variable "ttl" {
  description = "How long an answer may be kept, seconds. Short, since a replaced task has another address."
  type        = number
}
