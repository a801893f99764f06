variable "name" {
  description = "First part of every name."
  type        = string
}

variable "secret_name" {
  description = "Secret whose `database_password` is the database's."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the database tier."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the database."
  type        = string
}

variable "engine_version" {
  description = "Version of PostgreSQL."
  type        = string
}

variable "instance_class" {
  description = "Class of the instance."
  type        = string
}

variable "multi_az" {
  description = "Whether a standby waits in another zone."
  type        = bool
}

variable "password_version" {
  description = "Raised when the secret's password was changed: only then is it sent to the database again."
  type        = number
}
