#!/bin/sh
# The least that each principal of Hookline needs to be allowed in Kafka, as docs/security.md lists it. Made from the code; a test runs the
# pipeline on a secured Kafka with exactly these.
#
#   KAFKA_ACLS="/opt/kafka/bin/kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties" \
#     ./kafka-acls.sh ROLE PRINCIPAL [TOPICS_PREFIX]
#
#   ROLE       producer, router, deliverer, observer, operator, creator
#   PRINCIPAL  such as User:hookline-router
#
# What ACLs cannot say: with SSL or SASL turned on, a principal without any ACL may still do nothing only where the broker has an authorizer
# and allow.everyone.if.no.acl.found=false.
set -eu
usage() { echo "usage: $0 ROLE PRINCIPAL [TOPICS_PREFIX]; KAFKA_ACLS is the command to run" >&2; exit 2; }
[ $# -ge 2 ] || usage
ROLE=$1 PRINCIPAL=$2 PREFIX=${3:-}
: "${KAFKA_ACLS:=kafka-acls.sh}"
allow() { $KAFKA_ACLS --add --allow-principal "$PRINCIPAL" "$@"; }

case $ROLE in
producer)  # a platform service that emits events
  allow --operation Write --topic "${PREFIX}events." --resource-pattern-type prefixed
  ;;
router)  # every router
  allow --operation Read --topic "${PREFIX}events." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}subscriptions"
  allow --operation Write --operation DescribeConfigs --topic "${PREFIX}deliveries"
  allow --operation Write --operation DescribeConfigs --topic "${PREFIX}pipeline.dead"
  allow --operation Write --topic "${PREFIX}instances"
  allow --operation Read --group "${PREFIX}hookline.router"
  allow --operation Write --transactional-id "${PREFIX}hookline.router" --resource-pattern-type prefixed
  ;;
deliverer)  # every deliverer
  allow --operation Read --operation DescribeConfigs --topic "${PREFIX}deliveries"
  allow --operation Read --operation DescribeConfigs --topic "${PREFIX}deliveries.replay"
  allow --operation Read --operation Write --operation DescribeConfigs --topic "${PREFIX}deliveries.retry." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}subscriptions"
  allow --operation Read --operation Write --topic "${PREFIX}deliverer.state"
  allow --operation Write --topic "${PREFIX}deliveries.dead"
  allow --operation Write --topic "${PREFIX}attempts"
  allow --operation Write --topic "${PREFIX}events.hookline"
  allow --operation Write --topic "${PREFIX}pipeline.dead"
  allow --operation Read --group "${PREFIX}hookline.deliverer"
  allow --operation Write --transactional-id "${PREFIX}hookline.deliverer" --resource-pattern-type prefixed
  ;;
observer)  # an operator or a job that looks and changes nothing
  allow --operation Read --topic "${PREFIX}events." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}subscriptions"
  allow --operation Read --topic "${PREFIX}deliveries"
  allow --operation Read --topic "${PREFIX}deliveries.replay"
  allow --operation Read --topic "${PREFIX}deliveries.retry." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}deliverer.state"
  allow --operation Read --topic "${PREFIX}deliveries.dead"
  allow --operation Read --topic "${PREFIX}deliveries.dead.marks"
  allow --operation Read --topic "${PREFIX}attempts"
  allow --operation Read --topic "${PREFIX}pipeline.dead"
  allow --operation Read --topic "${PREFIX}replays"
  allow --operation Read --topic "${PREFIX}instances"
  allow --operation Describe --group "${PREFIX}hookline.router"
  allow --operation Describe --group "${PREFIX}hookline.deliverer"
  ;;
operator)  # an operator that registers, changes and replays
  allow --operation Read --topic "${PREFIX}events." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}subscriptions"
  allow --operation Read --topic "${PREFIX}deliveries"
  allow --operation Read --topic "${PREFIX}deliveries.replay"
  allow --operation Read --topic "${PREFIX}deliveries.retry." --resource-pattern-type prefixed
  allow --operation Read --topic "${PREFIX}deliverer.state"
  allow --operation Read --topic "${PREFIX}deliveries.dead"
  allow --operation Read --topic "${PREFIX}deliveries.dead.marks"
  allow --operation Read --topic "${PREFIX}attempts"
  allow --operation Read --topic "${PREFIX}pipeline.dead"
  allow --operation Read --topic "${PREFIX}replays"
  allow --operation Read --topic "${PREFIX}instances"
  allow --operation Describe --group "${PREFIX}hookline.router"
  allow --operation Describe --group "${PREFIX}hookline.deliverer"
  allow --operation Write --topic "${PREFIX}subscriptions"
  allow --operation Write --topic "${PREFIX}deliveries.replay"
  allow --operation Write --topic "${PREFIX}deliveries.dead.marks"
  allow --operation Write --topic "${PREFIX}replays"
  allow --operation Write --transactional-id "${PREFIX}hookline.subscriptions"
  allow --operation Write --transactional-id "${PREFIX}hookline.replay." --resource-pattern-type prefixed
  ;;
creator)  # who creates topics and checks them
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}subscriptions"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.replay"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.1s"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.5s"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.30s"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.5m"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.30m"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.2h"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.retry.10h"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.dead"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliveries.dead.marks"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}pipeline.dead"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}attempts"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}events.hookline"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}deliverer.state"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}control"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}replays"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}instances"
  allow --operation Create --operation Describe --operation DescribeConfigs --topic "${PREFIX}events." --resource-pattern-type prefixed
  ;;
*) usage ;;
esac
