# Security groups: the groups belong to the network, the rules to this system.
resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = toset(var.client_cidrs)

  security_group_id = var.alb_security_group_id
  description       = "HTTPS from clients"
  ip_protocol       = "tcp"
  from_port         = var.https_port
  to_port           = var.https_port
  cidr_ipv4         = each.value
}

# The hook reaches a public load balancer through the NAT gateways, whose addresses these are.
resource "aws_vpc_security_group_ingress_rule" "test" {
  for_each = toset(var.hook_cidrs)

  security_group_id = var.alb_security_group_id
  description       = "Test listener, from the deployment hook"
  ip_protocol       = "tcp"
  from_port         = var.test_port
  to_port           = var.test_port
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "to_tasks" {
  security_group_id            = var.alb_security_group_id
  description                  = "To the services"
  ip_protocol                  = "tcp"
  from_port                    = var.first_port
  to_port                      = var.last_port
  referenced_security_group_id = var.task_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  for_each = { balancer = var.alb_security_group_id, tasks = var.task_security_group_id }

  security_group_id            = var.task_security_group_id
  description                  = "From the load balancer and among the services"
  ip_protocol                  = "tcp"
  from_port                    = var.first_port
  to_port                      = var.last_port
  referenced_security_group_id = each.value
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = var.task_security_group_id
  description       = "To AWS, the databases and each other"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
