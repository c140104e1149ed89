"""Awards as Open Badges 3.0: W3C verifiable credentials that other people's software reads, verifies and sees revoked.

https://www.imsglobal.org/spec/ob/v3p0 on https://www.w3.org/TR/vc-data-model-2.0/, signed with eddsa-rdfc-2022
(https://www.w3.org/TR/vc-di-eddsa/), revoked by https://www.w3.org/TR/vc-bitstring-status-list/.
"""
