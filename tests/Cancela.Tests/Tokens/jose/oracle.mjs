// Answers one JSON line with one JSON line: {op: "sign" | "verify", alg, jwk, ...} until its input ends.
import { createInterface } from 'node:readline'
import { SignJWT, importJWK, jwtVerify } from 'jose'

const operations = {
  async sign({ alg, jwk, header, claims }) {
    return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(jwk, alg))
  },
  async verify({ alg, jwk, token, typ, now }) {
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk, alg), {
      algorithms: [alg], issuer: 'cancela', audience: 'cancela', typ, currentDate: new Date(now * 1000),
    })
    return { payload, header: protectedHeader }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  try {
    console.log(JSON.stringify({ result: await operations[request.op](request) }))
  } catch (error) {
    console.log(JSON.stringify({ error: error.code ?? String(error) }))
  }
}
