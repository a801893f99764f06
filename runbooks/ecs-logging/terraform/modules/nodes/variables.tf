variable "name" {
  description = "First part of every name."
  type        = string
}

variable "cluster" {
  description = "Cluster that the nodes join."
  type        = string
}

variable "nodes" {
  description = "Type, fewest and most nodes, by the name of the provider: as in the runbook."
  type = map(object({
    type = string
    min  = number
    max  = number
  }))
}

variable "subnet_ids" {
  description = "Subnets of the application tier."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the nodes."
  type        = string
}

variable "instance_profile" {
  description = "Instance profile of the nodes."
  type        = string
}

variable "image_parameter" {
  description = "Parameter that names their image."
  type        = string
}

variable "disk_gb" {
  description = "Disk of a node, GB: images, and Loki's index."
  type        = number
}

variable "target_capacity" {
  description = "Share of the nodes that is to be in use, percent; below 100 some wait for the next task."
  type        = number
}
