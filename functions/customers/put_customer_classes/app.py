"""PUT /api/v1/customer_classes: define the classes of customers, all of them, in their order."""

from lastro.aws.entrypoints.http import endpoint
from lastro.customers.classes.requests import PutCustomerClasses
from lastro.customers.classes.views import CustomerClassesAnswer
from lastro.customers.wiring import open_classes
from lastro.kernel.callers.caller import Caller

classes = open_classes()


@endpoint()
def handler(request: PutCustomerClasses, caller: Caller) -> CustomerClassesAnswer:
    return classes.replace(request, caller)
