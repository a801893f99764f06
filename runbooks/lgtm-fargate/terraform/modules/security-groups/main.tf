# Rules of the two groups that phase 1 has confirmed. The groups themselves belong to the network, not to this stack.

locals {
  # What tasks say to each other: the APIs, gRPC, memberlist, OTLP.
  internal_ports = toset([for port in concat(values(var.ports), [9095, 7946, 4317, 4318]) : tostring(port)])
  # What agents write to.
  ingestion_ports = toset([for name in ["mimir", "loki", "pyroscope"] : tostring(var.ports[name])])
  otlp_ports      = toset(["4317", "4318"])
  # What `migrate` asks each task from its own host: round trips, rings, flushes, settings, counters.
  operator_ports = setunion(toset([for port in values(var.ports) : tostring(port)]), local.otlp_ports)
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = toset(var.client_cidrs)

  security_group_id = var.alb_security_group_id
  description       = "HTTPS from clients"
  ip_protocol       = "tcp"
  from_port         = var.https_port
  to_port           = var.https_port
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "to_grafana" {
  security_group_id            = var.alb_security_group_id
  description                  = "To Grafana"
  ip_protocol                  = "tcp"
  from_port                    = var.ports["grafana"]
  to_port                      = var.ports["grafana"]
  referenced_security_group_id = var.task_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  security_group_id            = var.task_security_group_id
  description                  = "Grafana from the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = var.ports["grafana"]
  to_port                      = var.ports["grafana"]
  referenced_security_group_id = var.alb_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "internal" {
  for_each = local.internal_ports

  security_group_id            = var.task_security_group_id
  description                  = "Among the tasks"
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.value)
  to_port                      = tonumber(each.value)
  referenced_security_group_id = var.task_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "agents" {
  for_each = {
    for pair in setproduct(setunion(local.ingestion_ports, local.otlp_ports), toset(var.agent_cidrs)) :
    "${pair[0]} from ${pair[1]}" => { port = tonumber(pair[0]), cidr = pair[1] }
  }

  security_group_id = var.task_security_group_id
  description       = "From agents"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
}

resource "aws_vpc_security_group_ingress_rule" "operators" {
  for_each = {
    for pair in setproduct(local.operator_ports, toset(var.operator_cidrs)) :
    "${pair[0]} from ${pair[1]}" => { port = tonumber(pair[0]), cidr = pair[1] }
  }

  security_group_id = var.task_security_group_id
  description       = "From the host that carries the migration"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = var.task_security_group_id
  description       = "To AWS, the database and each other"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
