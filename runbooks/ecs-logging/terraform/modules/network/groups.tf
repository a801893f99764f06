# Who may talk to whom. A port is open to a group, never to a range of addresses, but for the load balancer's two.

locals {
  groups = {
    alb        = "HTTPS to the load balancer"
    bastion    = "Sessions to the bastion host"
    nodes      = "Nodes of both capacity providers"
    backend    = "Tasks of the applications"
    monitoring = "Tasks of Loki and Grafana"
    database   = "The database"
  }
  ways = merge(
    { for name, port in var.application_ports : "${name} from the load balancer" => {
      to = "backend", from = "alb", port = port
    } },
    {
      "Grafana from the load balancer" = { to = "monitoring", from = "alb", port = var.grafana_port }
      "Loki from the applications"     = { to = "monitoring", from = "backend", port = var.loki_port }
      "Loki from Grafana"              = { to = "monitoring", from = "monitoring", port = var.loki_port }
      "Loki from the bastion host"     = { to = "monitoring", from = "bastion", port = var.loki_port }
      "PostgreSQL from Grafana"        = { to = "database", from = "monitoring", port = 5432 }
    },
  )
  # The database asks nobody, and the load balancer its targets alone.
  outward = toset(["bastion", "nodes", "backend", "monitoring"])
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:attached to the load balancer, the nodes, the services and the database of the other modules
  for_each = local.groups

  name        = "${var.name}-${each.key}"
  description = each.value
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  #checkov:skip=CKV_AWS_260:port 80 answers with a redirect to HTTPS and nothing else
  for_each = {
    for pair in setproduct(["80", tostring(var.https_port)], var.client_cidrs) : "${pair[0]} from ${pair[1]}" => {
      port = tonumber(pair[0]), cidr = pair[1]
    }
  }

  security_group_id = aws_security_group.this["alb"].id
  description       = "From clients"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
}

resource "aws_vpc_security_group_ingress_rule" "within" {
  for_each = local.ways

  security_group_id            = aws_security_group.this[each.value.to].id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.this[each.value.from].id
}

resource "aws_vpc_security_group_egress_rule" "targets" {
  for_each = { for name, way in local.ways : name => way if way.from == "alb" }

  security_group_id            = aws_security_group.this["alb"].id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.this[each.value.to].id
}

resource "aws_vpc_security_group_egress_rule" "outward" {
  #checkov:skip=CKV_AWS_382:to AWS's own services, whose addresses change; the tiers' routes say who gets further
  for_each = local.outward

  security_group_id = aws_security_group.this[each.key].id
  description       = "To AWS and to each other"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
