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

variable "project" {
  description = "First part of every name, as in the runbook."
  type        = string
  default     = "shop"
}

variable "zones" {
  description = "Availability zones, two at least."
  type        = list(string)
}

variable "cidr" {
  description = "Addresses of the VPC: a /16."
  type        = string
  default     = "10.40.0.0/16"
}

variable "nat_per_zone" {
  description = "Whether each zone has a NAT gateway of its own."
  type        = bool
  default     = false
}

variable "bastion_type" {
  description = "Type of the bastion host."
  type        = string
  default     = "t4g.nano"
}

variable "client_cidrs" {
  description = "Where requests come from."
  type        = list(string)
}

variable "https_port" {
  description = "Port of the hosts."
  type        = number
  default     = 443
}

variable "certificate_arn" {
  description = "Certificate of the hosts, Grafana's too."
  type        = string
}

variable "bucket" {
  description = "Bucket that Loki stores in."
  type        = string
}

variable "artifacts_bucket" {
  description = "Versioned bucket of the pipelines."
  type        = string
}

variable "access_logs_bucket" {
  description = "Bucket for the load balancer's access logs; null writes none."
  type        = string
  default     = null
}

variable "grafana_host" {
  description = "Grafana's name."
  type        = string
}

variable "grafana_port" {
  description = "Port of Grafana."
  type        = number
  default     = 3000
}

variable "loki_port" {
  description = "Port of Loki."
  type        = number
  default     = 3100
}

variable "database_version" {
  description = "Version of PostgreSQL."
  type        = string
  default     = "17.6"
}

variable "database_class" {
  description = "Class of Grafana's database."
  type        = string
  default     = "db.t4g.micro"
}

variable "database_multi_az" {
  description = "Whether a standby of the database waits in another zone."
  type        = bool
  default     = false
}

variable "database_password_version" {
  description = "Raised when the secret's password was changed."
  type        = number
  default     = 1
}

variable "node_image_parameter" {
  description = "Parameter that names the nodes' image, as in the runbook."
  type        = string
  default     = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"
}

variable "node_disk_gb" {
  description = "Disk of a node, GB."
  type        = number
  default     = 30
}

variable "target_capacity" {
  description = "Share of the nodes that is to be in use, percent."
  type        = number
  default     = 100
}

variable "healthcheck_image" {
  description = "Image that `/bin/busybox` is taken from, for health checks."
  type        = string
  default     = "docker.io/library/busybox:1.37.0-musl"
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
  default     = 30
}

variable "nodes" {
  description = "Type, fewest and most nodes of each capacity provider: as in the runbook."
  type = map(object({
    type = string
    min  = number
    max  = number
  }))
  default = {
    backend    = { type = "t4g.small", min = 1, max = 6 }
    monitoring = { type = "t4g.small", min = 1, max = 3 }
  }

  validation {
    condition     = toset(keys(var.nodes)) == toset(["backend", "monitoring"])
    error_message = "There are two: `backend` and `monitoring`."
  }
}

variable "applications" {
  description = "Host, port, priority of its rule and base image of each application: as in the runbook."
  type = map(object({
    host     = string
    port     = number
    priority = number
    base     = string
  }))
}
