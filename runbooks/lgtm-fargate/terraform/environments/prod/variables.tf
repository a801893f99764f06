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

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the tasks, in two zones at least."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Two subnets at least, in different zones."
  }
}

variable "load_balancer_subnet_ids" {
  description = "Subnets of the load balancer, in two zones at least."
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

variable "bucket" {
  description = "Bucket that both sides store in."
  type        = string
}

variable "state_bucket" {
  description = "Bucket that Terraform keeps its state in, the one of `backend.hcl`."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the production name."
  type        = string
}

variable "github_repository" {
  description = "Repository that deploys, `owner/name`."
  type        = string
}

variable "deploy_branches" {
  description = "Branches that deploy."
  type        = list(string)
  default     = ["main", "lgtm_prd"]
}

variable "cluster" {
  description = "ECS cluster."
  type        = string
  default     = "lgtm"
}

variable "namespace" {
  description = "Cloud Map namespace."
  type        = string
  default     = "lgtm.local"
}

variable "load_balancer" {
  description = "Name of the load balancer."
  type        = string
  default     = "lgtm-alb"
}

variable "load_balancer_internal" {
  description = "Whether the load balancer has private addresses only."
  type        = bool
  default     = false
}

variable "access_logs_bucket" {
  description = "Bucket for the load balancer's access logs; null writes none."
  type        = string
  default     = null
}

variable "https_port" {
  description = "Port of the production name."
  type        = number
  default     = 443
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

  validation {
    condition     = length(var.operator_cidrs) > 0
    error_message = "Round trips, rings and flushes are asked from this host; without it phase 4 cannot pass."
  }
}

variable "log_retention_days" {
  description = "How long the tasks' logs are kept, days."
  type        = number
  default     = 30
}

variable "components" {
  description = "Port of each component, and how far a roll-out may go, percent of its tasks: as in the runbook."
  type = map(object({
    port    = number
    floor   = number
    ceiling = number
  }))
  default = {
    mimir     = { port = 8080, floor = 66, ceiling = 100 }
    loki      = { port = 3100, floor = 50, ceiling = 100 }
    tempo     = { port = 3200, floor = 0, ceiling = 100 }
    pyroscope = { port = 4040, floor = 0, ceiling = 100 }
    grafana   = { port = 3000, floor = 100, ceiling = 200 }
    alloy     = { port = 12345, floor = 100, ceiling = 200 }
  }
}
